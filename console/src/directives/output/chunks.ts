import type { OutputLine, OutputStream } from './outputLog';

/** Lines drawn as one piece: when output arrives, only the last piece is drawn again. */
const CHUNK_LINES = 100;

export interface OutputChunkLines {
  number: number;
  lines: OutputLine[];
}

/** Cuts lines into pieces whose borders hold still while lines come at the end and leave at the start. */
export function chunksOf(lines: readonly OutputLine[], stream: OutputStream | null): OutputChunkLines[] {
  const chunks: OutputChunkLines[] = [];
  for (const line of lines) {
    if (stream !== null && line.stream !== stream) {
      continue;
    }
    const number = Math.floor(line.number / CHUNK_LINES);
    const last = chunks.at(-1);
    if (last?.number === number) {
      last.lines.push(line);
    } else {
      chunks.push({ number, lines: [line] });
    }
  }
  return chunks;
}

/** Neighbouring lines of the same stream as one text. */
export function blocksOf(lines: readonly OutputLine[]): { stream: OutputStream; number: number; text: string }[] {
  const blocks: { stream: OutputStream; number: number; text: string }[] = [];
  for (const line of lines) {
    const last = blocks.at(-1);
    if (last?.stream === line.stream) {
      last.text += `\n${line.text}`;
    } else {
      blocks.push({ stream: line.stream, number: line.number, text: line.text });
    }
  }
  return blocks;
}
