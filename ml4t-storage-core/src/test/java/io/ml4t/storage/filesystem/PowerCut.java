package io.ml4t.storage.filesystem;

import io.ml4t.storage.filesystem.SimulatedFiles.Inode;
import io.ml4t.storage.filesystem.SimulatedFiles.MakeFolder;
import io.ml4t.storage.filesystem.SimulatedFiles.Move;
import io.ml4t.storage.filesystem.SimulatedFiles.Name;
import io.ml4t.storage.filesystem.SimulatedFiles.Operation;
import io.ml4t.storage.filesystem.SimulatedFiles.Remove;
import io.ml4t.storage.filesystem.SimulatedFiles.SyncContent;
import io.ml4t.storage.filesystem.SimulatedFiles.SyncFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * The power goes after some operations. What a disk may hold then: content that was synced, and any
 * other file whole, cut short after some blocks, empty, or of its size without its bytes; names in
 * folders that were synced since, and any subset of the other changes of names. That is more than
 * the journal of ext4 or XFS lets happen.
 */
final class PowerCut {
  /** A file system writes so many bytes, or none of them. */
  private static final int BLOCK = 4096;

  private final List<Operation> done;

  /** Whether an operation is durable, by its place. */
  private final boolean[] durable;

  private final Set<Inode> synced = new HashSet<>();

  /** The places of the changes of names that may be lost. */
  private final List<Integer> open = new ArrayList<>();

  /** The power goes after the first operations of a journal. */
  PowerCut(List<Operation> journal, int operations) {
    done = journal.subList(0, operations);
    durable = new boolean[operations];
    for (int i = 0; i < operations; i++) {
      if (done.get(i) instanceof SyncContent sync) {
        synced.add(sync.inode());
      } else if (done.get(i) instanceof SyncFolder sync) {
        for (int before = 0; before < i; before++) {
          durable[before] |= sync.folder().equals(folder(done.get(before)));
        }
      }
    }
    for (int i = 0; i < operations; i++) {
      if (!durable[i] && folder(done.get(i)) != null) {
        open.add(i);
      }
    }
  }

  /** The folder whose sync makes the operation durable. */
  private static Path folder(Operation operation) {
    if (operation instanceof MakeFolder made) {
      return made.folder().getParent();
    } else if (operation instanceof Name named) {
      return named.name().getParent();
    } else if (operation instanceof Move moved) {
      return moved.to().getParent();
    } else if (operation instanceof Remove removed) {
      return removed.name().getParent();
    }
    return null;
  }

  /** How many changes of names may each be lost or not. */
  int open() {
    return open.size();
  }

  /**
   * One legal state of the disk.
   *
   * @param survives which of the open changes are there, by number
   * @param random chooses what became of unsynced content
   */
  SimulatedFiles state(IntPredicate survives, Random random) {
    boolean[] applied = durable.clone();
    for (int i = 0; i < open.size(); i++) {
      applied[open.get(i)] = survives.test(i);
    }
    Map<Path, Inode> names = new HashMap<>();
    Set<Path> folders = new HashSet<>();
    for (int i = 0; i < applied.length; i++) {
      if (applied[i]) {
        apply(done.get(i), names, folders);
      }
    }
    names.keySet().removeIf(name -> !isReachable(name.getParent(), folders));
    folders.removeIf(folder -> !isReachable(folder, folders));
    Map<Inode, Inode> contents = new HashMap<>();
    names.replaceAll((name, inode) -> contents.computeIfAbsent(inode, i -> content(i, random)));
    return new SimulatedFiles(names, folders);
  }

  private static void apply(Operation operation, Map<Path, Inode> names, Set<Path> folders) {
    if (operation instanceof MakeFolder made) {
      folders.add(made.folder());
    } else if (operation instanceof Name named) {
      names.put(named.name(), named.inode());
    } else if (operation instanceof Move moved) {
      names.remove(moved.from());
      names.put(moved.to(), moved.inode());
    } else if (operation instanceof Remove removed) {
      names.remove(removed.name());
    }
  }

  private static boolean isReachable(Path folder, Set<Path> folders) {
    return folder.getParent() == null
        || (folders.contains(folder) && isReachable(folder.getParent(), folders));
  }

  private Inode content(Inode inode, Random random) {
    return switch (synced.contains(inode) ? 3 : random.nextInt(4)) {
      case 0 -> inode.cut(0);
      case 1 -> inode.cut(inode.length() / 2 / BLOCK * BLOCK);
      case 2 -> inode.blank();
      default -> inode;
    };
  }
}
