package io.gradus.lake;

import io.gradus.error.GradusException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Reads and writes the lake's few small text files on any Hadoop file system. Failures come out as
 * storage failures that name the file.
 */
final class SmallFiles {
  private final Configuration configuration;

  SmallFiles(Configuration configuration) {
    this.configuration = configuration;
  }

  FileSystem fileSystem(Path path) {
    try {
      return path.getFileSystem(configuration);
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      throw GradusException.storage(
          "No file system serves " + path + ": " + e.getMessage() + ". Check the path.", e);
    }
  }

  /** The file's text, or nothing when there is no such file. */
  Optional<String> read(Path path) {
    try (FSDataInputStream in = fileSystem(path).open(path)) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw GradusException.storage("Cannot read " + path + ": " + e.getMessage(), e);
    }
  }

  /** Replaces the file in one step where the file system renames atomically. */
  void write(Path path, String text) {
    Path temporary = new Path(path.getParent(), "." + path.getName() + ".tmp");
    FileSystem fs = fileSystem(path);
    try {
      try (OutputStream out = fs.create(temporary, true)) {
        out.write(text.getBytes(StandardCharsets.UTF_8));
      }
      if (!fs.rename(temporary, path)) {
        // Most object stores and HDFS refuse a rename onto an existing file.
        fs.delete(path, false);
        if (!fs.rename(temporary, path)) {
          throw new IOException("rename was refused");
        }
      }
    } catch (IOException e) {
      throw GradusException.storage("Cannot write " + path + ": " + e.getMessage(), e);
    }
  }

  /**
   * Creates the file unless it exists.
   *
   * @return whether this call created it; of several callers exactly one sees true on local disks
   *     and on file systems whose {@code create} without overwrite is atomic (HDFS, object stores
   *     with conditional writes)
   */
  boolean createIfAbsent(Path path, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    FileSystem fs = fileSystem(path);
    try {
      fs.mkdirs(path.getParent());
      if ("file".equals(fs.getScheme())) {
        // Hadoop's local create looks first and opens afterwards; the system call does both.
        java.nio.file.Files.write(
            java.nio.file.Path.of(path.toUri().getPath()), bytes, StandardOpenOption.CREATE_NEW);
      } else {
        try (OutputStream out = fs.create(path, false)) {
          out.write(bytes);
        }
      }
      return true;
    } catch (FileAlreadyExistsException | java.nio.file.FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      throw GradusException.storage("Cannot create " + path + ": " + e.getMessage(), e);
    }
  }

  /** The entries of a folder sorted by name; none when the folder is absent. */
  List<FileStatus> list(Path folder) {
    try {
      List<FileStatus> entries = new ArrayList<>(List.of(fileSystem(folder).listStatus(folder)));
      entries.sort(Comparator.comparing(entry -> entry.getPath().getName()));
      return entries;
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw GradusException.storage("Cannot list " + folder + ": " + e.getMessage(), e);
    }
  }

  boolean exists(Path path) {
    try {
      return fileSystem(path).exists(path);
    } catch (IOException e) {
      throw GradusException.storage("Cannot look up " + path + ": " + e.getMessage(), e);
    }
  }

  /** Takes the file from everybody but its owner, where the file system knows permissions. */
  void restrictToOwner(Path path) {
    try {
      fileSystem(path).setPermission(path, new FsPermission("600"));
    } catch (IOException e) {
      throw GradusException.storage("Cannot protect " + path + ": " + e.getMessage(), e);
    }
  }

  void delete(Path path) {
    try {
      fileSystem(path).delete(path, true);
    } catch (IOException e) {
      throw GradusException.storage("Cannot delete " + path + ": " + e.getMessage(), e);
    }
  }
}
