import { attention, type Check, ok, wrong } from "#core/check.ts";
import { isPublished } from "#core/clocks/working-days.ts";
import type { OfficeConfig } from "#core/config.ts";
import type { PackStanding } from "#core/policy/resolve.ts";
import { dutyHoles } from "#core/roster/duty-holes.ts";
import type { Roster } from "#core/roster/roster.ts";
import { DAY, dayOf, formatMoment, formatSpan, HOUR, type Instant, MINUTE } from "#core/time.ts";
import type { Vitals } from "#core/vitals.ts";

const NODE = 24;
/** How far ahead holes in the duty roster are looked for. */
const DUTY_AHEAD = 14 * DAY;
/** The bot leaves a sign of life every half minute. */
const ALIVE = 2 * MINUTE;
const LEAST_DISK = 200 * 1024 ** 2;
const SCARCE_DISK = 2 * 1024 ** 3;

/** @param version "24.21.0" */
export function checkNode(version: string): Check {
  if (Number(version.split(".")[0]) >= NODE) return ok("运行环境", `Node ${version}`);
  return wrong(
    "运行环境",
    `Node ${version},需要 ${NODE} 以上`,
    "在项目目录执行 npm ci,再用 npm start 或 npm run -s huiying 运行,程序会用自带的 Node。",
  );
}

export function checkRules(packs: readonly PackStanding[], obligations: number, now: Instant): Check[] {
  const checks = [ok("规则包", `${packs.map((p) => p.id).join("、")},共 ${obligations} 个条目`)];
  const idle = packs.filter((p) => p.advisory !== null);
  if (idle.length > 0)
    checks.push(
      attention(
        "规则包效力",
        `${idle.map((p) => `${p.id}(${p.advisory})`).join("、")}只作参考,不计时限`,
        "核对文件是否仍然有效;换用新文件的规则包,或从 packs 里去掉。",
      ),
    );
  const soon = packs.filter(
    (p) => p.advisory === null && p.validUntil !== null && p.validUntil <= dayOf(now + 60 * DAY),
  );
  if (soon.length > 0)
    checks.push(
      attention(
        "规则包效力",
        `${soon.map((p) => `${p.id} 至 ${p.validUntil}`).join("、")}到期`,
        "到期后只作参考,请提前换用新文件的规则包。",
      ),
    );
  const day = dayOf(now + 30 * DAY);
  if (!isPublished(day))
    checks.push(
      attention("节假日", `${day.slice(0, 4)} 年的放假安排没有收录,以工作日计的时限标“暂定”`, "国务院公布后升级程序。"),
    );
  return checks;
}

/** @param lost numbers of the open cases whose frozen rules the database does not hold */
export function checkFrozenRules(lost: readonly string[]): Check[] {
  if (lost.length === 0) return [];
  const named = `${lost.slice(0, 5).join("、")}${lost.length > 5 ? " 等" : ""}`;
  return [
    wrong(
      "冻结的规则",
      `${lost.length} 件在办案件研判时冻结的规则缺失(${named}),暂按现行规则计时`,
      "请从备份核对(restore 到另一个文件,再用 verify);确认按现行规则办理的,逐件“应用新规则”。",
    ),
  ];
}

/** Posts, groups and duty. @param gaps findings of the auditor about posts that nobody fills or nobody can be reached in */
export function checkRoster(roster: Roster, config: OfficeConfig, gaps: readonly string[], now: Instant): Check[] {
  const edit = "请补充通讯录文件,重启生效。";
  const checks: Check[] = [
    ok("通讯录", `${roster.units.length} 个单位、${roster.people.size} 人、${roster.file.groups.length} 个群`),
    ...gaps.slice(0, 8).map((text) => attention("岗位", text, edit)),
  ];
  if (gaps.length > 8) checks.push(attention("岗位", `另有 ${gaps.length - 8} 处岗位空缺`, edit));
  if (roster.withRole("组织协调").length === 0)
    checks.push(wrong("岗位", "没有人担任组织协调,无人研判、转办", "在通讯录 roles 里写上 组织协调。"));
  if (roster.withRole("管理员").length === 0)
    checks.push(attention("岗位", "没有管理员,自查发现的问题无人接收", "在通讯录 roles 里写上 管理员。"));
  if (!roster.dutyGroup())
    checks.push(wrong("群", "没有值班群,日报无处发布", "在通讯录 groups 里写一个 purpose: duty 的群。"));
  for (const group of roster.file.groups)
    if (roster.members(group).length === 0) checks.push(attention("群", `“${group.name}”没有成员`, edit));
  return [...checks, checkDuty(roster, config, now)];
}

/** Whether somebody is on duty by the roster, or the coordinating office is at work, at every time of the next fourteen days. */
function checkDuty(roster: Roster, config: OfficeConfig, now: Instant): Check {
  const holes = dutyHoles(roster, config, now, now + DUTY_AHEAD);
  if (holes.length === 0) return ok("值班", "今后 14 天都排了班");
  const named = holes.slice(0, 3).map(([from, to]) => `${formatMoment(from, now)} 至 ${formatMoment(to, now)}`);
  return attention(
    "值班",
    `今后 14 天有 ${holes.length} 段没有排班:${named.join(";")}${holes.length > 3 ? " 等" : ""}`,
    "这些时段的提醒会发给组织协调;请在通讯录 duty 里补上。",
  );
}

/** A platform that says nothing of itself: known or not. */
export function checkPlatform(name: string, known: readonly string[]): Check {
  if (!known.includes(name)) return wrong("平台", `没有“${name}”这个平台`, `platforms 里可写：${known.join("、")}。`);
  if (name === "local") return ok("平台", "local:通讯录里的人和群都能送达");
  return attention("平台", `${name}:能否送达要在运行中查`, "在群里发送 /舆情 自检。");
}

/** The file with credentials. @param mode permission bits; 0 where the system has none */
export function checkEnvFile(file: string, mode: number): Check {
  if ((mode & 0o077) === 0) return ok("密钥文件", `${file} 只有本账户能读`);
  return attention("密钥文件", `${file} 里有应用密钥，其他账户也能读`, `请执行 chmod 600 ${file}。`);
}

export function checkWeb({ host, port, token }: { host: string; port: number; token?: string | undefined }): Check {
  if (/^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host)) return ok("网页", `只听本机 ${host}:${port}`);
  if (token) return ok("网页", `${host}:${port},须凭访问口令打开;经过网络时请在前面加 HTTPS`);
  return wrong(
    "网页",
    `${host} 能被其他机器访问而没有访问口令,机器人不会启动`,
    "在配置 web 里写 token(至少 16 个字符),或把 host 改为 127.0.0.1。",
  );
}

/** @param free bytes free for this account @param mode permission bits; 0 where the system has none */
export function checkFolder(folder: string, facts: { writable: boolean; free: number; mode: number }): Check[] {
  if (!facts.writable)
    return [
      wrong("数据目录", `${folder} 不能写入`, "请把目录交给运行机器人的账户(chown),或用 HUIYING_DATA 换一个目录。"),
    ];
  const size = `可用 ${(facts.free / 1024 ** 3).toFixed(1)} GB`;
  const more = "请清理磁盘,或用 HUIYING_DATA 换到有空间的磁盘。";
  return [
    (facts.mode & 0o077) === 0
      ? ok("数据目录", `${folder} 可写`)
      : attention("数据目录", `${folder} 其他账户也能进入`, `请执行 chmod 700 ${folder}。`),
    facts.free < LEAST_DISK
      ? wrong("磁盘", size, more)
      : facts.free < SCARCE_DISK
        ? attention("磁盘", size, more)
        : ok("磁盘", size),
  ];
}

/** The machine's clock against the newest event: limits count on it. Its time zone does not matter. */
export function checkClock({ newestEvent, heartbeat }: Partial<Vitals>, now: Instant): Check {
  const newest = Math.max(newestEvent ?? 0, heartbeat ?? 0);
  if (now < newest - MINUTE)
    return wrong(
      "时钟",
      `系统时间 ${formatMoment(now)},比数据库里最新的记录早 ${formatSpan(newest - now)}`,
      "请校准系统时间(如开启 NTP)后再启动机器人;时限按系统时间计算。",
    );
  return ok("时钟", `${formatMoment(now)},不早于最新的记录`);
}

/** Whether the bot runs and did what was due. */
export function checkLife(vitals: Vitals, now: Instant): Check[] {
  const { heartbeat, lateReminders, stuckMessages, openCases } = vitals;
  if (heartbeat === undefined) return [attention("运行", "机器人还没有在这个数据库上启动过", "执行 npm start。")];
  const alive = now - heartbeat <= ALIVE;
  const checks: Check[] = [
    alive
      ? ok("运行", `机器人在运行,在办 ${openCases} 件`)
      : attention(
          "运行",
          `机器人没有在运行,最后活动 ${formatMoment(heartbeat, now)}(${formatSpan(now - heartbeat)}前),在办 ${openCases} 件`,
          "执行 npm start;时限照走,到点的提醒会在启动后补发。",
        ),
  ];
  const backlog = [
    ...(lateReminders > 0 ? [`${lateReminders} 条提醒到点未发`] : []),
    ...(stuckMessages > 0 ? [`${stuckMessages} 条消息没有送达`] : []),
  ].join("、");
  if (backlog === "") checks.push(ok("提醒和消息", "到点的都已发出"));
  else
    checks.push(
      alive
        ? wrong("提醒和消息", backlog, "请查看 huiying.log,检查平台连接;必要时重启机器人。")
        : attention("提醒和消息", backlog, "启动机器人后会补发。"),
    );
  return [...checks, checkDigest(vitals, alive, now)];
}

function checkDigest({ nextDigest, lastAnchor }: Vitals, alive: boolean, now: Instant): Check {
  const last = lastAnchor === undefined ? "还没有发过" : `最近一次校验值 ${formatMoment(lastAnchor, now)}`;
  if (nextDigest !== undefined && nextDigest < now - 10 * MINUTE) {
    const finding = `${formatMoment(nextDigest, now)} 的日报没有发;${last}`;
    return alive
      ? wrong("日报", finding, "请查看 huiying.log,并重启机器人。")
      : attention("日报", finding, "启动机器人后会补发一次。");
  }
  if (alive && lastAnchor !== undefined && now - lastAnchor > 36 * HOUR)
    return attention("日报", last, "请检查配置 digests 和值班群。");
  return ok("日报", last);
}
