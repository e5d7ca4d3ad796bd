package io.gradus.lake;

import io.gradus.error.GradusException;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Lists a source's files by exact path, without glob interpretation. Links are followed on local
 * disks as long as they stay below the source's folder and do not loop.
 */
final class FolderListing {
  private final FileSystem fs;
  private final Path source;
  private final boolean recursive;
  private final boolean local;
  private final List<FileStatus> files = new ArrayList<>();
  private final List<String> ignored = new ArrayList<>();

  private FolderListing(FileSystem fs, Path source, boolean recursive) {
    this.fs = fs;
    this.source = source;
    this.recursive = recursive;
    this.local = "file".equals(fs.getUri().getScheme());
  }

  /** Lists a file or a folder; the path is qualified with its scheme. */
  static FolderListing of(FileSystem fs, Path source, boolean recursive) {
    FolderListing listing = new FolderListing(fs, source, recursive);
    try {
      FileStatus status = fs.getFileStatus(source);
      if (status.isDirectory()) {
        listing.visit(source, new HashSet<>());
      } else {
        listing.files.add(status);
      }
    } catch (FileNotFoundException e) {
      throw GradusException.input(
          "Input " + source + " does not exist. Check the path in the configuration.", e);
    } catch (IOException e) {
      throw GradusException.input("Input " + source + " cannot be read: " + e.getMessage(), e);
    }
    listing.files.sort(Comparator.comparing(status -> status.getPath().toString()));
    listing.ignored.sort(Comparator.naturalOrder());
    return listing;
  }

  /** The data files, sorted by path. */
  List<FileStatus> files() {
    return files;
  }

  /** Hidden entries that are not read, sorted. */
  List<String> ignored() {
    return ignored;
  }

  private void visit(Path folder, Set<String> above) throws IOException {
    String canonical = canonical(folder);
    if (!above.add(canonical)) {
      throw GradusException.input(
          "Input folder " + folder + " is a link to a folder above itself. Remove the link.");
    }
    FileStatus[] entries = fs.listStatus(folder);
    refuseBrokenLinks(folder, entries);
    for (FileStatus entry : entries) {
      Path path = entry.getPath();
      if (hidden(path.getName())) {
        ignored.add(path.toString());
        continue;
      }
      refuseEscape(path);
      if (!entry.isDirectory()) {
        files.add(entry);
      } else if (recursive) {
        visit(path, above);
      } else {
        throw GradusException.input(
            "Input folder "
                + source
                + " contains the folder "
                + path.getName()
                + ", whose files would not be read. Set recursive: true or move it away.");
      }
    }
    above.remove(canonical);
  }

  private static boolean hidden(String name) {
    return name.startsWith("_") || name.startsWith(".");
  }

  /** Hadoop leaves out entries it cannot stat: links to nothing or to themselves. */
  private void refuseBrokenLinks(Path folder, FileStatus[] entries) {
    if (!local) {
      return;
    }
    String[] names = new File(folder.toUri().getPath()).list();
    if (names == null || names.length == entries.length) {
      return;
    }
    Set<String> seen = new HashSet<>();
    Arrays.stream(entries).forEach(entry -> seen.add(entry.getPath().getName()));
    for (String name : names) {
      if (!seen.contains(name) && !hidden(name)) {
        throw GradusException.input(
            "Input " + folder + "/" + name + " is a broken or looping link. Remove it.");
      }
    }
  }

  private void refuseEscape(Path path) throws IOException {
    if (local && !below(canonical(path), canonical(source))) {
      throw GradusException.input(
          "Input " + path + " is a link out of " + source + ". Copy the file instead.");
    }
  }

  private String canonical(Path path) throws IOException {
    return local ? new File(path.toUri().getPath()).getCanonicalPath() : path.toString();
  }

  private static boolean below(String path, String folder) {
    return path.equals(folder) || path.startsWith(folder + File.separator);
  }

  /** Refuses a source outside the declared roots, after links and {@code ..} are resolved. */
  void requireBelow(List<Path> roots) {
    try {
      for (Path root : roots) {
        if (inside(root)) {
          return;
        }
      }
    } catch (IOException e) {
      throw GradusException.input("Input " + source + " cannot be resolved: " + e.getMessage(), e);
    }
    if (!roots.isEmpty()) {
      throw GradusException.usage(
          "Input " + source + " lies outside the declared roots " + roots + ".");
    }
  }

  private boolean inside(Path root) throws IOException {
    if (local) {
      return "file".equals(root.toUri().getScheme()) && below(canonical(source), canonical(root));
    }
    String folder = root.toString();
    String path = source.toString();
    return path.equals(folder) || path.startsWith(folder + "/");
  }
}
