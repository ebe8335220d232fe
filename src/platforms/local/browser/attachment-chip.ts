import type { AttachmentKind } from "#core/ports.ts";
import { html } from "./html.ts";
import { sizeText } from "./picked-files.ts";

const KINDS: Record<AttachmentKind, string> = {
  image: "图片",
  file: "文件",
  video: "视频",
  audio: "音频",
  forward: "聊天记录",
  card: "分享链接",
};

interface Props {
  file: { kind: AttachmentKind; name: string; size?: number | undefined };
  /** Only in the window that sent it: others see what was recorded, not the content. */
  preview?: string | undefined;
  onRemove?: () => void;
}

/** A file as people see it: what it is, its name and size. */
export function AttachmentChip({ file, preview, onRemove }: Props) {
  const { kind, name, size } = file;
  return html`<span class=${`attachment ${preview ? "has-preview" : ""}`}>
    ${
      preview
        ? html`<img src=${preview} alt="" />`
        : html`<svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
            <path d="M4 2.5h6L14 6.5v9H4z M10 2.5v4h4" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linejoin="round" />
          </svg>`
    }
    <span class="attachment-text">
      <span class="attachment-name">${name}</span>
      <small>${KINDS[kind]}${size === undefined ? "" : ` · ${sizeText(size)}`}</small>
    </span>
    ${onRemove && html`<button type="button" aria-label=${`去掉 ${name}`} onClick=${onRemove}>×</button>`}
  </span>`;
}
