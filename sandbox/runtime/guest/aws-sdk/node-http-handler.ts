/** @smithy/node-http-handler: what a client's `requestHandler` is told. Only its time-outs count here. */
export class NodeHttpHandler {
  constructor(options: object = {}) {
    Object.assign(this, options);
  }

  static create(options?: object): NodeHttpHandler {
    return options instanceof NodeHttpHandler ? options : new NodeHttpHandler(options);
  }

  destroy(): void {
    // Connections end with the process.
  }
}
