// What the talk asks first, asked while the other scripts still come: on a slow line that is a round trip less to wait.

import * as api from "./api.js";
import { beginTalk } from "./card.js";
import { recall } from "./memory.js";

/** The token of a link that led here, behind the "#" so that no server on the way reads it. */
export const linkHere = () => new URLSearchParams(location.hash.slice(1)).get("link");

let underWay = linkHere() ? null : ask(recall());

function ask(session) {
  const answer = session ? api.read(session) : beginTalk();
  answer.catch(() => {}); // trouble is told to whoever takes the answer
  return answer;
}

/** The call that is under way already, once; after that `send()`. */
export function early(send) {
  const answer = underWay || send();
  underWay = null;
  return answer;
}
