/** Deep links to the sandbox's own bots are opened on one of its phones, not on the internet. */

const HOSTS = { "t.me": "telegram", "telegram.me": "telegram", "ble.ir": "bale" };

/**
 * What a link to a bot asks for: {platform, payload}, or null for any other link. `bots` are those
 * of the state; a link is a bot's when its host belongs to the platform and its path is the username.
 */
export function deepLink(url, bots) {
  const { hostname, pathname, searchParams } = new URL(url, location.href);
  const platform = HOSTS[hostname];
  const username = pathname.slice(1).toLowerCase();
  if (!bots.some((bot) => bot.platform === platform && bot.username.toLowerCase() === username)) return null;
  return { platform, payload: searchParams.get("start") ?? "" };
}
