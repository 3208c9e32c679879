/** Marks a day of checking that lies too far back, by the reader's clock. */
const longest = 180 * 24 * 60 * 60 * 1000;

export class CheckedDay extends HTMLElement {
  connectedCallback(): void {
    const day = this.querySelector('time')?.dateTime ?? '';
    const note = this.querySelector('b');
    if (note) note.hidden = !(Date.now() - Date.parse(day) > longest);
  }
}
