package dev.sallyport.operation.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Map;

import dev.sallyport.protocol.operation.TransferOperation;
import org.jspecify.annotations.Nullable;

/** Who owns a new file and who may do what with it: as ordered, else as with the file it replaces, else its maker's alone. */
final class FileRights {
  private static final int MAKERS_ALONE = 0600;

  private final int mode;
  private final @Nullable UserPrincipal owner;
  private final @Nullable GroupPrincipal group;

  private FileRights(int mode, @Nullable UserPrincipal owner, @Nullable GroupPrincipal group) {
    this.mode = mode;
    this.owner = owner;
    this.group = group;
  }

  /**
   * Finds them out, before anything is changed.
   *
   * @throws FileTrouble if an account is not known here, or the target is no file
   */
  static FileRights of(TransferOperation.Commit commit, Path target) throws IOException {
    int mode = MAKERS_ALONE;
    UserPrincipal owner = null;
    GroupPrincipal group = null;
    try {
      Map<String, Object> now = Files.readAttributes(target, "unix:mode,owner,group", LinkOption.NOFOLLOW_LINKS);
      int is = now.get("mode") instanceof Integer number ? number : 0;
      if (FileMode.isDirectory(is)) {
        throw new FileTrouble(target + ": this is a directory, which no file replaces");
      }
      if (FileMode.isFile(is)) {
        mode = FileMode.permissions(is);
        owner = now.get("owner") instanceof UserPrincipal principal ? principal : null;
        group = now.get("group") instanceof GroupPrincipal principal ? principal : null;
      }
    } catch (NoSuchFileException e) {
      // A new file.
      mode = MAKERS_ALONE;
    }
    UserPrincipalLookupService accounts = target.getFileSystem().getUserPrincipalLookupService();
    try {
      return new FileRights(commit.mode().isEmpty() ? mode : Integer.parseInt(commit.mode(), 8),
          commit.owner().isEmpty() ? owner : accounts.lookupPrincipalByName(commit.owner()),
          commit.group().isEmpty() ? group : accounts.lookupPrincipalByGroupName(commit.group()));
    } catch (UserPrincipalNotFoundException e) {
      throw new FileTrouble("this machine knows no account or group " + e.getName());
    }
  }

  /** The mode last: a change of the owner takes its highest bits away. */
  void giveTo(Path part) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(part, PosixFileAttributeView.class,
        LinkOption.NOFOLLOW_LINKS);
    if (owner != null) {
      view.setOwner(owner);
    }
    if (group != null) {
      view.setGroup(group);
    }
    Files.setAttribute(part, "unix:mode", mode, LinkOption.NOFOLLOW_LINKS);
  }
}
