/** Names of one site: without them the share from a phone and the address on a computer would be two posts. */
const SITE_PREFIX = /^(?:www|m|mobile|wap|h5|3g|touch|share)\./;
const HOST_ALIASES = new Map([
  ["weibo.cn", "weibo.com"],
  ["iesdouyin.com", "douyin.com"],
  ["twitter.com", "x.com"],
  ["gifshow.com", "kuaishou.com"],
  ["chenzhongtech.com", "kuaishou.com"],
]);

/** Parameters that say who shared a page and from where, not which page it is. */
const TRACKING =
  /^(?:utm_|share|sharer_|xsec_|from|spm|source$|src|scene$|ref|isappinstalled|timestamp$|ts$|nsukey|clicktime|enterid|chksm|mpshare|vd_source|unique_k|buvid|app|luicode|lfid|uicode|featurecode|sudaref|wm$|wfr|for$|tt_|is_|sender_|device|did$|iid$|u_code|region$|mid_?tracking|previous_page|t$|appuid|apptime|exSource|exShare)/iu;
/** Here the path alone names the page. */
const SHORTENERS = new Set(["v.douyin.com", "t.cn", "b23.tv", "xhslink.com", "v.kuaishou.com", "url.cn", "dwz.cn"]);
/** WeChat names an article by parameters; mid is part of its name there. */
const PATH_ALIASES: readonly (readonly [host: string, path: RegExp, as: string])[] = [
  ["weibo.com", /^\/(?:\d+|status|detail)\/(\w+)$/, "/$1"],
  ["douyin.com", /^\/share\/(video|note)\/(\w+)$/, "/$1/$2"],
  ["xiaohongshu.com", /^\/(?:discovery\/item|explore|item)\/(\w+)$/, "/$1"],
  ["kuaishou.com", /^\/(?:fw\/photo|short-video|photo)\/(\w+)$/, "/$1"],
  ["toutiao.com", /^\/(?:article\/|[ia])(\d+)$/, "/$1"],
];

/**
 * The name of the page a link leads to, equal for every way in which people share it: scheme, mobile host, tracking parameters,
 * order of parameters, fragment and trailing slash do not count. A short link is its own name: what it leads to is not looked
 * up. Undefined for what is no page of its own (a bare host).
 */
export function linkKey(url: string): string | undefined {
  const parsed = URL.parse(/^https?:\/\//i.test(url) ? url : `https://${url}`);
  if (parsed === null) return undefined;
  const bare = parsed.hostname.replace(/\.$/, "").replace(SITE_PREFIX, "");
  const host = HOST_ALIASES.get(bare) ?? bare;
  const path = parsed.pathname.replace(/\/+$/, "").replace(/\/index\.(?:s?html?|php)$/i, "");
  const alias = PATH_ALIASES.find(([of, pattern]) => of === host && pattern.test(path));
  const params = SHORTENERS.has(host) ? [] : [...parsed.searchParams].filter(([name]) => !TRACKING.test(name));
  params.sort(([a, x], [b, y]) => (a === b ? (x < y ? -1 : 1) : a < b ? -1 : 1));
  if (path === "" && params.length === 0) return undefined;
  const query = params.map(([name, value]) => `${name}=${value}`).join("&");
  return `${host}${alias ? path.replace(alias[1], alias[2]) : path}${query === "" ? "" : `?${query}`}`;
}

/** The distinct pages that links lead to. */
export const linkKeys = (urls: readonly string[]): string[] => [
  ...new Set(urls.map(linkKey).filter((key) => key !== undefined)),
];
