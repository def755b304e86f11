import { signal } from '@preact/signals';
import { render } from 'preact';
import { serverFrameSchema } from '../push/protocol.ts';

const said = signal('');

function Page() {
  return <p>{said}</p>;
}

const place = document.getElementById('board');
if (place !== null) render(<Page />, place);
const socket = new WebSocket(new URL('live', location.href.replace(/^http/, 'ws')));
socket.addEventListener('message', ({ data }) => {
  said.value = serverFrameSchema.parse(JSON.parse(String(data))).type;
});
