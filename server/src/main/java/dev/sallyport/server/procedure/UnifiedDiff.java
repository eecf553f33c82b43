package dev.sallyport.server.procedure;

import java.util.ArrayList;
import java.util.List;

/** What differs between two texts, line by line, in the unified format of diff(1). */
final class UnifiedDiff {
  /** Unchanged lines shown around a change. */
  private static final int CONTEXT = 3;
  /** Most pairs of lines that are compared; beyond, what differs is shown as replaced in one piece. */
  private static final long MAX_PAIRS = 4_000_000;

  /** A line, and whether it stays, goes or comes. */
  private record Line(char mark, String text) {}

  private UnifiedDiff() {
  }

  static String of(String beforeLabel, String before, String afterLabel, String after) {
    if (before.equals(after)) {
      return "";
    }
    List<Line> lines = lines(before.lines().toList(), after.lines().toList());
    var text = new StringBuilder("--- ").append(beforeLabel).append("\n+++ ").append(afterLabel).append('\n');
    int at = 0;
    int oldLine = 1;
    int newLine = 1;
    while (at < lines.size()) {
      int change = next(lines, at);
      if (change < 0) {
        break;
      }
      int from = Math.max(at, change - CONTEXT);
      oldLine += from - at;
      newLine += from - at;
      int to = end(lines, change);
      List<Line> hunk = lines.subList(from, to);
      int olds = (int) hunk.stream().filter(line -> line.mark() != '+').count();
      int news = (int) hunk.stream().filter(line -> line.mark() != '-').count();
      text.append("@@ -").append(oldLine).append(',').append(olds).append(" +").append(newLine).append(',')
          .append(news).append(" @@\n");
      hunk.forEach(line -> text.append(line.mark()).append(line.text()).append('\n'));
      oldLine += olds;
      newLine += news;
      at = to;
    }
    return text.toString();
  }

  private static int next(List<Line> lines, int from) {
    for (int i = from; i < lines.size(); i++) {
      if (lines.get(i).mark() != ' ') {
        return i;
      }
    }
    return -1;
  }

  /** Where the hunk of this change ends: after the context of the last change that is near enough. */
  private static int end(List<Line> lines, int change) {
    int last = change;
    for (int i = change; i < lines.size() && i <= last + 2 * CONTEXT; i++) {
      if (lines.get(i).mark() != ' ') {
        last = i;
      }
    }
    return Math.min(lines.size(), last + CONTEXT + 1);
  }

  private static List<Line> lines(List<String> before, List<String> after) {
    int head = 0;
    while (head < before.size() && head < after.size() && before.get(head).equals(after.get(head))) {
      head++;
    }
    int tail = 0;
    while (tail < before.size() - head && tail < after.size() - head
        && before.get(before.size() - 1 - tail).equals(after.get(after.size() - 1 - tail))) {
      tail++;
    }
    var lines = new ArrayList<Line>();
    before.subList(0, head).forEach(line -> lines.add(new Line(' ', line)));
    lines.addAll(middle(before.subList(head, before.size() - tail), after.subList(head, after.size() - tail)));
    before.subList(before.size() - tail, before.size()).forEach(line -> lines.add(new Line(' ', line)));
    return lines;
  }

  /** By the longest common sequence of lines. */
  private static List<Line> middle(List<String> before, List<String> after) {
    var lines = new ArrayList<Line>();
    if ((long) before.size() * after.size() > MAX_PAIRS) {
      before.forEach(line -> lines.add(new Line('-', line)));
      after.forEach(line -> lines.add(new Line('+', line)));
      return lines;
    }
    int[][] common = common(before, after);
    int i = 0;
    int j = 0;
    while (i < before.size() || j < after.size()) {
      if (i < before.size() && j < after.size() && before.get(i).equals(after.get(j))) {
        lines.add(new Line(' ', before.get(i)));
        i++;
        j++;
      } else if (j == after.size() || (i < before.size() && common[i + 1][j] >= common[i][j + 1])) {
        lines.add(new Line('-', before.get(i++)));
      } else {
        lines.add(new Line('+', after.get(j++)));
      }
    }
    return lines;
  }

  private static int[][] common(List<String> before, List<String> after) {
    var common = new int[before.size() + 1][after.size() + 1];
    for (int i = before.size() - 1; i >= 0; i--) {
      for (int j = after.size() - 1; j >= 0; j--) {
        common[i][j] = before.get(i).equals(after.get(j))
            ? common[i + 1][j + 1] + 1
            : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    return common;
  }
}
