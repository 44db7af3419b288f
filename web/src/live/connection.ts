import type { Command, Message } from "../protocol";

/** The part of a WebSocket that is used, so that tests can bring their own. */
export interface Socket {
  onmessage: ((event: { data: string }) => void) | null;
  onclose: (() => void) | null;
  send(text: string): void;
  close(): void;
}

/** `gone` means that reconnecting has failed for so long that others should speak; it is still tried. */
export type ConnectionState = "connecting" | "connected" | "reconnecting" | "gone";

/** Pauses between attempts in milliseconds; the last is repeated. */
const pauses = [100, 250, 500, 1000, 2000];
/** Milliseconds without a connection until it counts as gone. */
const patience = 5000;

/** The socket to the server. It connects again by itself; after each connect the first message is a snapshot, and a gap in
 *  the numbers of the changes leads to a new connection. */
export class Connection {
  state: ConnectionState = "connecting";
  private socket: Socket | null = null;
  private seq = 0;
  private attempts = 0;
  private lost = Date.now();
  private readonly messageListeners: ((message: Message) => void)[] = [];
  private readonly stateListeners = new Set<(state: ConnectionState) => void>();

  constructor(private readonly open: () => Socket) {}

  onMessage(listener: (message: Message) => void): void {
    this.messageListeners.push(listener);
  }

  /** Calls back at each change of the state, until the returned function is called. */
  onState(listener: (state: ConnectionState) => void): () => void {
    this.stateListeners.add(listener);
    return () => this.stateListeners.delete(listener);
  }

  connect(): void {
    const socket = this.open();
    this.socket = socket;
    socket.onmessage = ({ data }) => {
      if (socket === this.socket) this.receive(JSON.parse(data) as Message);
    };
    socket.onclose = () => {
      if (socket === this.socket) this.retry();
    };
  }

  /** Whether the command went out. */
  send(command: Command): boolean {
    if (this.state !== "connected") return false;
    this.socket?.send(JSON.stringify(command));
    return true;
  }

  private receive(message: Message): void {
    if (message.message === "snapshot") {
      this.seq = message.stage.seq;
      this.attempts = 0;
    }
    if (message.message === "changed") {
      if (message.seq !== this.seq + 1) {
        this.retry();
        return;
      }
      this.seq = message.seq;
    }
    for (const listener of this.messageListeners) listener(message);
    if (message.message === "snapshot") this.become("connected");
  }

  private retry(): void {
    const dropped = this.socket;
    this.socket = null;
    dropped?.close();
    if (this.state === "connected") this.lost = Date.now();
    this.become(Date.now() - this.lost >= patience ? "gone" : this.state === "connecting" ? "connecting" : "reconnecting");
    const pause = pauses[Math.min(this.attempts++, pauses.length - 1)] ?? 0;
    setTimeout(() => this.connect(), pause);
  }

  private become(state: ConnectionState): void {
    if (state === this.state) return;
    this.state = state;
    for (const listener of [...this.stateListeners]) listener(state);
  }
}
