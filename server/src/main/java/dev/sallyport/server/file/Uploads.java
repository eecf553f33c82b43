package dev.sallyport.server.file;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.Uuids;
import dev.sallyport.protocol.operation.InputDigest;
import dev.sallyport.server.access.Operator;
import dev.sallyport.server.web.Category;
import dev.sallyport.server.web.JsonBody;
import dev.sallyport.server.web.Problem;
import dev.sallyport.server.web.ProblemException;

/** Takes files that operators send. What breaks off is acknowledged by nothing; under a name of its own it can be gone on with. */
final class Uploads {
  private static final int PIECE_BYTES = 256 << 10;

  private final StoredFiles files;

  Uploads(StoredFiles files) {
    this.files = files;
  }

  /**
   * What a request says of its file.
   *
   * @param sha256 of the whole file in hexadecimal, or empty
   * @param upload a UUID under which it can be gone on with, or empty
   * @param offset where in the file the body begins
   * @param keepDays how long it is kept; 0 for as long as usual
   */
  record Upload(String name, String sha256, String upload, long offset, long keepDays) {
    Upload {
      if (name.isEmpty() || name.length() > StoredFile.MAX_NAME_LENGTH) {
        throw wrong("name", "A file has a name of 1 to " + StoredFile.MAX_NAME_LENGTH + " characters.",
            "Give ?name=…");
      }
      if (!sha256.isEmpty()) {
        JsonBody.checked("sha256",
            () -> Bytes.ofHex(sha256).requireLength("sha256", InputDigest.SHA256_BYTES));
      }
      if (!upload.isEmpty()) {
        JsonBody.checked("upload", () -> Uuids.require("upload", upload));
      }
      if (offset < 0 || (offset > 0 && upload.isEmpty())) {
        throw wrong("offset", "Only an upload with a name of its own can be gone on with.",
            "Give upload=UUID, the same as before.");
      }
      if (keepDays < 0 || keepDays > FileLimits.MAX_KEEP.toDays()) {
        throw wrong("keepDays", "A file is kept for 1 to " + FileLimits.MAX_KEEP.toDays() + " days.",
            "Give a number in between, or leave it out.");
      }
    }
  }

  /**
   * Takes a body to its end.
   *
   * @param length of the body, or -1 if that is not known
   */
  StoredFile take(Upload upload, long length, InputStream body, Operator operator) throws IOException {
    boolean resumable = !upload.upload().isEmpty();
    try (PartFile part = files.part(key(resumable ? upload.upload() : UUID.randomUUID().toString(), operator))) {
      try {
        requireOffset(part, upload.offset());
        part.take(upload.offset() + Math.max(length, 0));
        receive(body, length, part);
        return files.finish(part, label(upload, operator), expected(upload));
      } catch (DigestException | StoreFullException e) {
        part.discard();
        throw e;
      } catch (IOException | ProblemException e) {
        if (!resumable) {
          part.discard();
        }
        throw e;
      }
    } catch (StoreFullException e) {
      throw new ProblemException(Problem.conflict("no-room", sentence(e), "Nothing was kept of this upload."));
    } catch (PartBusyException e) {
      throw new ProblemException(Problem.conflict("upload-busy", sentence(e), "Try again in a while."));
    } catch (DigestException e) {
      throw wrong("sha256", "What arrived is not the file that was announced: its SHA-256 is another.",
          "The file may have changed while it was sent. Send it again.");
    }
  }

  private static String sentence(Exception e) {
    String text = String.valueOf(e.getMessage());
    return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
  }

  private static void requireOffset(PartFile part, long offset) {
    if (offset != part.bytes()) {
      throw new ProblemException(
          Problem.conflict("other-offset", "The body begins at byte " + offset + " of the file, but "
              + part.bytes() + " bytes are here.", "Ask /api/v1/uploads/… for the number, and begin there."));
    }
  }

  private static void receive(InputStream body, long length, PartFile part) throws IOException {
    byte[] piece = new byte[PIECE_BYTES];
    long received = 0;
    for (int count = read(body, piece); count >= 0; count = read(body, piece)) {
      part.append(piece, 0, count);
      received += count;
    }
    if (length >= 0 && received != length) {
      throw cut();
    }
  }

  private static int read(InputStream body, byte[] piece) {
    try {
      return body.read(piece);
    } catch (IOException e) {
      // Whoever sent it is gone, or sends nothing any more: nobody's fault here.
      throw cut();
    }
  }

  private static ProblemException cut() {
    return new ProblemException(new Problem(400, "upload-cut", Category.USER, "The upload broke off.", "",
        "Send it again, or go on with it where it has a name of its own."));
  }

  private StoredFiles.Label label(Upload upload, Operator operator) {
    Duration keep = upload.keepDays() == 0 ? files.limits().keep() : Duration.ofDays(upload.keepDays());
    return new StoredFiles.Label(upload.name(), operator.name(), keep, Optional.empty());
  }

  private static Optional<Bytes> expected(Upload upload) {
    return Optional.of(upload.sha256()).filter(hex -> !hex.isEmpty()).map(Bytes::ofHex);
  }

  /** How much of an upload is here. */
  long arrived(String upload, Operator operator) throws IOException {
    JsonBody.checked("upload", () -> Uuids.require("upload", upload));
    try (PartFile part = files.part(key(upload, operator))) {
      long bytes = part.bytes();
      if (bytes == 0) {
        part.discard();
      }
      return bytes;
    } catch (PartBusyException e) {
      throw new ProblemException(Problem.conflict("upload-busy", sentence(e), "Try again in a while."));
    }
  }

  /** Nobody goes on with what another account has begun. */
  private static String key(String upload, Operator operator) {
    return "upload/" + operator.account() + "/" + upload;
  }

  private static ProblemException wrong(String field, String detail, String fix) {
    return new ProblemException(Problem.invalidField(field, detail, fix));
  }
}
