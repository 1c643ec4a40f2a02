// A page may outlive its session: its person signs in again, here or in another tab, and the page goes on.

const token = document.querySelector("meta[name=csrf-token]");
// The person and the moment of signing in; nothing where nobody has.
const own = document.querySelector("meta[name=session]")?.content || "";
const KEY = "chiso:session";

export const person = own.split(":")[0];

// Give the page a new token. Says who is signed in now: "same", "other" (somebody else), "out", or "offline".
export async function renew() {
  const headers = { Accept: "application/json" };
  const response = await fetch(token.dataset.renew, { headers, cache: "no-store" }).catch(() => null);
  if (response?.status === 401) return "out";
  const found = response?.ok ? await response.json().catch(() => null) : null;
  if (!found) return "offline";
  if (String(found.person) !== person) return "other";
  token.content = found.token;
  for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = found.token;
  return "same";
}

// Other tabs hear that somebody has signed in, and this one hears it from them.
export function listen(heard) {
  if (!own) return;
  try {
    if (localStorage.getItem(KEY) !== own) localStorage.setItem(KEY, own);
  } catch {
    // Without storage the page learns of it when it next sends something.
  }
  addEventListener("storage", async (event) => {
    if (event.key === KEY && event.newValue && event.newValue !== own) heard(await renew());
  });
}
