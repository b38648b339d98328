/** The live line to the server: events as they happen, and a new try when the line breaks. */

const FIRST_WAIT = 500;
const LONGEST_WAIT = 5000;

/**
 * Keep a WebSocket open for as long as the page lives.
 *
 * `up` is called each time the line opens: whoever listens must then read the state anew, since
 * events of the gap are gone. `down` is called when it breaks, `event` with every parsed event.
 */
export function listen({ up, down, event }) {
  let wait = FIRST_WAIT;
  const open = () => {
    const line = new WebSocket(new URL("/sandbox/live", location.href.replace(/^http/, "ws")));
    line.onopen = () => {
      wait = FIRST_WAIT;
      up();
    };
    line.onmessage = ({ data }) => event(JSON.parse(data));
    line.onclose = () => {
      down();
      setTimeout(open, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT);
    };
  };
  open();
}
