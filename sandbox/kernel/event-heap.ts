/** A binary heap of events by time, then by sequence number, from which any event can be taken out again. */

export interface HeapEvent {
  readonly time: number;
  readonly sequence: number;
  readonly callback: () => void;
  /** Where the heap keeps it; -1 when it is not in the heap. */
  index: number;
}

export class EventHeap {
  readonly #events: HeapEvent[] = [];

  get size(): number {
    return this.#events.length;
  }

  peek(): HeapEvent | undefined {
    return this.#events[0];
  }

  push(event: HeapEvent): void {
    event.index = this.#events.length;
    this.#events.push(event);
    this.#rise(event);
  }

  pop(): HeapEvent | undefined {
    const first = this.#events[0];
    if (first !== undefined) this.remove(first);
    return first;
  }

  /** Takes the event out, wherever it is; does nothing when it is not in the heap. */
  remove(event: HeapEvent): void {
    const { index } = event;
    if (index < 0) return;
    event.index = -1;
    const last = this.#events.pop();
    if (last === undefined || last === event) return;
    last.index = index;
    this.#events[index] = last;
    this.#rise(last);
    this.#sink(last);
  }

  #rise(event: HeapEvent): void {
    let { index } = event;
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parent = this.#events[parentIndex];
      if (parent === undefined || !isBefore(event, parent)) break;
      this.#put(parent, index);
      index = parentIndex;
    }
    this.#put(event, index);
  }

  #sink(event: HeapEvent): void {
    let { index } = event;
    for (;;) {
      const left = this.#events[2 * index + 1];
      const right = this.#events[2 * index + 2];
      const child = right !== undefined && left !== undefined && isBefore(right, left) ? right : left;
      if (child === undefined || !isBefore(child, event)) break;
      const childIndex = child.index;
      this.#put(child, index);
      index = childIndex;
    }
    this.#put(event, index);
  }

  #put(event: HeapEvent, index: number): void {
    this.#events[index] = event;
    event.index = index;
  }
}

function isBefore(a: HeapEvent, b: HeapEvent): boolean {
  return a.time < b.time || (a.time === b.time && a.sequence < b.sequence);
}
