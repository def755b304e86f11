import { applyChanges } from '../src/push/apply-changes.ts';

const [address = 'ws://127.0.0.1:9810/live', token] = process.argv.slice(2);
const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
const socket = new WebSocket(address, { headers });
let board;
let seq = 0;

socket.addEventListener('message', ({ data }) => {
  const frame = JSON.parse(data);
  if (frame.type === 'snapshot') board = frame.board;
  else if (frame.type !== 'delta') return;
  else if (frame.after === seq) board = applyChanges(board, frame.changes);
  else return socket.send('{ "type": "resync" }');
  seq = frame.seq;
  for (const { queue, callers, seats } of board.queues) {
    console.log(`${queue}: ${callers.length} waiting, ${seats.idle} seats free`);
  }
});
socket.addEventListener('close', ({ code, reason }) => console.log(`closed: ${code} ${reason}`));
