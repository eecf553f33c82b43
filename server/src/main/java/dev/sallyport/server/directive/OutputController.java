package dev.sallyport.server.directive;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.access.Requires;
import dev.sallyport.server.directive.record.Channel;
import dev.sallyport.server.directive.record.OutputChunk;
import dev.sallyport.server.directive.record.OutputTable;
import dev.sallyport.server.directive.record.RunKey;
import dev.sallyport.server.directive.record.RunTable;
import dev.sallyport.server.store.Store;
import dev.sallyport.server.web.Problem;
import dev.sallyport.server.web.ProblemException;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The stored output of one run, byte for byte as the program wrote it: nothing a browser would open or run (incident T8). */
@RestController
public final class OutputController {
  /** Pieces read from the store at a time: 2 MiB at most. */
  private static final int PAGE = 32;

  private final Store store;

  public OutputController(Store store) {
    this.store = store;
  }

  @Requires(ActionClass.READ)
  @GetMapping("/api/v1/directives/{id}/runs/{machine}/output")
  void output(@PathVariable String id, @PathVariable String machine,
      @RequestParam(defaultValue = "stdout") String stream,
      HttpServletResponse response) throws IOException {
    Channel channel = Channel.ofWord(stream).orElseThrow(
        () -> new ProblemException(
            Problem.invalidField("stream", "A run has no stream of this name.", "Use stdout or stderr.")));
    var key = new RunKey(id, machine);
    if (store.read(sql -> new RunTable(sql).state(key)).isEmpty()) {
      throw new ProblemException(Problem.notFound("There is no such run."));
    }
    response.setContentType("text/plain;charset=UTF-8");
    response.setHeader("Content-Disposition", "attachment; filename=\"" + channel.word() + ".txt\"");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Cache-Control", "no-store");
    OutputStream out = response.getOutputStream();
    long position = 0;
    List<OutputChunk> page;
    do {
      long from = position;
      page = store.read(sql -> new OutputTable(sql).page(key, channel, from, PAGE));
      for (OutputChunk chunk : page) {
        out.write(chunk.bytes());
        position = chunk.position() + chunk.bytes().length;
      }
    } while (page.size() == PAGE);
  }
}
