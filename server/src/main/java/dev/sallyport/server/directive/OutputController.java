package dev.sallyport.server.directive;

import java.io.IOException;
import java.io.OutputStream;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.access.Gate;
import dev.sallyport.server.access.Operator;
import dev.sallyport.server.access.Reach;
import dev.sallyport.server.access.Requires;
import dev.sallyport.server.directive.record.Channel;
import dev.sallyport.server.directive.record.OutputChunk;
import dev.sallyport.server.directive.record.RunKey;
import dev.sallyport.server.web.Problem;
import dev.sallyport.server.web.ProblemException;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * What a run's programs wrote, byte for byte. The bytes are a machine's, so they are sent in a way in which no browser makes anything of
 * them but a file (incidents T8, T19).
 */
@RestController
public final class OutputController {
  /** Pieces read at a time, so at most 2 MiB in memory. */
  private static final int PAGE = 32;

  private final DirectiveQueries queries;
  private final Gate gate;

  public OutputController(DirectiveQueries queries, Gate gate) {
    this.queries = queries;
    this.gate = gate;
  }

  @Requires(value = ActionClass.READ, reach = Reach.MACHINES)
  @GetMapping("/api/v1/directives/{id}/runs/{machine}/output")
  void output(@PathVariable String id, @PathVariable String machine, @RequestParam(defaultValue = "") String stream,
      HttpServletResponse response, Operator operator) throws IOException {
    Set<Channel> channels = channels(stream);
    var run = new RunKey(id, machine);
    if (!queries.hasRun(run) || !gate.sight(operator).sees(machine)) {
      throw new ProblemException(Problem.notFound("There is no such run."));
    }
    response.setContentType("text/plain; charset=utf-8");
    response.setHeader("Content-Disposition",
        "attachment; filename=\"" + (stream.isEmpty() ? "output" : stream) + ".txt\"");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Content-Security-Policy", "default-src 'none'; sandbox");
    response.setHeader("Cache-Control", "no-store");
    send(run, channels, response.getOutputStream());
  }

  private void send(RunKey run, Set<Channel> channels, OutputStream out) throws IOException {
    long position = 0;
    List<OutputChunk> page;
    do {
      page = queries.output(run, channels, position, PAGE);
      for (OutputChunk chunk : page) {
        out.write(chunk.bytes());
        position = chunk.position() + chunk.bytes().length;
      }
    } while (page.size() == PAGE);
  }

  private static Set<Channel> channels(String stream) {
    return stream.isEmpty()
        ? EnumSet.allOf(Channel.class)
        : EnumSet.of(Channel.ofWord(stream).orElseThrow(() -> new ProblemException(
            Problem.invalidField("stream", "A run has no stream of this name.",
                "Use stdout or stderr, or leave it out for both as they came."))));
  }
}
