import { describe, expect, test } from "vitest";
import { linkKey, linkKeys } from "#core/similar/link-key.ts";

describe("one page, however it is shared", () => {
  test.each([
    ["https://www.example.cn/a/1", "http://m.example.cn/a/1/"],
    ["https://example.cn/a/1?utm_source=x&id=7", "https://example.cn/a/1?id=7&from=timeline&share_token=9"],
    ["https://example.cn/a?b=2&a=1", "https://example.cn/a?a=1&b=2#comments"],
    ["https://weibo.com/0000000000/DEMO001", "https://m.weibo.cn/status/DEMO001"],
    ["https://m.weibo.cn/0000000000/DEMO001?wm=3333", "https://weibo.com/0000000000/DEMO001?refer_flag=1"],
    ["https://www.douyin.com/video/700001", "https://www.iesdouyin.com/share/video/700001/?region=CN&u_code=1"],
    ["https://www.xiaohongshu.com/explore/DEMO?xsec_token=A", "https://www.xiaohongshu.com/discovery/item/DEMO"],
    ["https://v.douyin.com/iDEMO002/", "https://v.douyin.com/iDEMO002/?x=2"],
    ["weibo.com/0000000000/DEMO001", "HTTPS://WEIBO.COM/0000000000/DEMO001"],
  ])("%s is %s", (a, b) => {
    expect(linkKey(a)).toBeDefined();
    expect(linkKey(a)).toBe(linkKey(b));
  });
});

describe("two pages", () => {
  test.each([
    ["https://v.douyin.com/iDEMO002/", "https://v.douyin.com/iDEMO003/"],
    ["https://v.douyin.com/iDEMO002/", "https://www.douyin.com/video/iDEMO002"],
    ["https://v.douyin.com/iDEMO/", "https://v.douyin.com/idemo/"],
    ["https://mp.weixin.qq.com/s?__biz=A&mid=1&idx=1&sn=x", "https://mp.weixin.qq.com/s?__biz=A&mid=2&idx=1&sn=x"],
    ["https://example.cn/a?id=1", "https://example.cn/a?id=2"],
  ])("%s is not %s", (a, b) => {
    expect(linkKey(a)).not.toBe(linkKey(b));
  });
});

test("a bare host and what is no address lead to no page: two reports from one platform are not one post", () => {
  expect(linkKeys(["https://weibo.com", "https://weibo.com/?utm_source=x", "http://", "https://["])).toEqual([]);
});

test("the same page twice is one", () => {
  expect(linkKeys(["https://v.douyin.com/a/", "http://v.douyin.com/a"])).toEqual(["v.douyin.com/a"]);
});
