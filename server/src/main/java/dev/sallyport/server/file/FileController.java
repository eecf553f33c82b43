package dev.sallyport.server.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.sallyport.server.access.ActionClass;
import dev.sallyport.server.access.Gate;
import dev.sallyport.server.access.Operator;
import dev.sallyport.server.access.Reach;
import dev.sallyport.server.access.Requires;
import dev.sallyport.server.web.Problem;
import dev.sallyport.server.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/files}: files come and go as raw bytes, of which a few are in memory at a time. */
@RestController
public final class FileController {
  /** Most files of one answer. */
  static final int MAX_LISTED = 1_000;
  private static final int PIECE_BYTES = 128 << 10;
  private static final Pattern FROM = Pattern.compile("bytes=(\\d{1,18})-");

  private final StoredFiles files;
  private final Uploads uploads;
  private final Gate gate;

  FileController(StoredFiles files, Gate gate) {
    this.files = files;
    this.gate = gate;
    this.uploads = new Uploads(files);
  }

  record Listed(List<FileView> files, long usedBytes, long maxBytes) {}

  record Arrived(long bytes) {}

  /** Takes the file, or the rest of it, as the body. */
  @Requires(value = ActionClass.FILE_PUT, reach = Reach.NO_MACHINE)
  @PostMapping("/api/v1/files")
  @ResponseStatus(HttpStatus.CREATED)
  FileView add(@RequestParam String name, @RequestParam(defaultValue = "") String sha256,
      @RequestParam(defaultValue = "") String upload, @RequestParam(defaultValue = "0") long offset,
      @RequestParam(defaultValue = "0") long keepDays, HttpServletRequest request, Operator operator)
      throws IOException {
    try (InputStream body = request.getInputStream()) {
      return FileView.of(uploads.take(new Uploads.Upload(name, sha256, upload, offset, keepDays),
          request.getContentLengthLong(), body, operator));
    }
  }

  /** How much of an upload is here, for whoever goes on with it. */
  @Requires(value = ActionClass.FILE_PUT, reach = Reach.NO_MACHINE)
  @GetMapping("/api/v1/uploads/{upload}")
  Arrived arrived(@PathVariable String upload, Operator operator) throws IOException {
    return new Arrived(uploads.arrived(upload, operator));
  }

  @Requires(value = ActionClass.FILE_GET, reach = Reach.MACHINES)
  @GetMapping("/api/v1/files")
  Listed list(Operator operator) {
    return new Listed(
        files.newest(MAX_LISTED).stream().filter(file -> isFor(operator, ActionClass.FILE_GET, file)).map(FileView::of)
            .toList(),
        files.used(),
        files.limits().allBytes());
  }

  @Requires(value = ActionClass.FILE_GET, reach = Reach.MACHINES)
  @GetMapping("/api/v1/files/{id}")
  FileView show(@PathVariable String id, Operator operator) {
    return FileView.of(existing(id, operator));
  }

  /** The bytes are anybody's, so they are sent in a way in which no browser makes anything of them but a file. */
  @Requires(value = ActionClass.FILE_GET, reach = Reach.MACHINES)
  @GetMapping("/api/v1/files/{id}/content")
  void content(@PathVariable String id, @RequestHeader(name = "Range", defaultValue = "") String range,
      HttpServletResponse response, Operator operator) throws IOException {
    StoredFile file = existing(id, operator);
    try (Content content = files.content(file.sha256())) {
      Optional<Long> from = from(range, content.bytes());
      response.setContentType("application/octet-stream");
      response.setHeader("Content-Disposition", Disposition.attachment(file.name()));
      response.setHeader("X-Content-Type-Options", "nosniff");
      response.setHeader("Content-Security-Policy", "default-src 'none'; sandbox");
      response.setHeader("Cache-Control", "no-store");
      response.setHeader("ETag", '"' + file.sha256().hex() + '"');
      response.setHeader("Accept-Ranges", "bytes");
      response.setContentLengthLong(content.bytes() - from.orElse(0L));
      if (from.isPresent()) {
        response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
        response.setHeader("Content-Range",
            "bytes " + from.get() + "-" + (content.bytes() - 1) + "/" + content.bytes());
      }
      copy(content.from(from.orElse(0L)), response.getOutputStream());
    } catch (NoSuchFileException e) {
      throw new ProblemException(Problem.notFound(String.valueOf(e.getMessage())));
    }
  }

  /** What goes on after a cut asks for; everything else of RFC 9110 section 14 may be ignored, and is. */
  private static Optional<Long> from(String range, long bytes) {
    Matcher asked = FROM.matcher(range);
    return asked.matches() ? Optional.of(Long.valueOf(asked.group(1))).filter(from -> from < bytes) : Optional.empty();
  }

  private static void copy(InputStream from, OutputStream to) throws IOException {
    byte[] piece = new byte[PIECE_BYTES];
    for (int count = from.read(piece); count >= 0; count = from.read(piece)) {
      to.write(piece, 0, count);
    }
  }

  @Requires(value = ActionClass.FILE_PUT, reach = Reach.MACHINES)
  @DeleteMapping("/api/v1/files/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable String id, Operator operator) throws IOException {
    StoredFile file = files.find(id).filter(each -> isFor(operator, ActionClass.FILE_PUT, each))
        .orElseThrow(FileController::noFile);
    if (files.isNeeded(file.sha256())) {
      throw new ProblemException(Problem.conflict("file-needed",
          "A directive that is not over yet sends this file to machines.",
          "Wait until it is over, or cancel it: `sallyport queue` shows what waits."));
    }
    files.delete(file);
  }

  /** What came from a machine is for those who may for that machine; what was sent here, for its sender and for those who may for all. */
  private boolean isFor(Operator operator, ActionClass actionClass, StoredFile file) {
    return file.origin().map(origin -> gate.may(operator, actionClass, origin.machine()))
        .orElseGet(() -> file.createdBy().equals(operator.name()) || gate.mayEverywhere(operator, actionClass));
  }

  private StoredFile existing(String id, Operator operator) {
    return files.find(id).filter(file -> isFor(operator, ActionClass.FILE_GET, file))
        .orElseThrow(FileController::noFile);
  }

  private static ProblemException noFile() {
    return new ProblemException(Problem.notFound("There is no such file, or its time is over."));
  }
}
