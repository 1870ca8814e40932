package svasim.sweep;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import svasim.run.CannotWrite;

/**
 * Results of points by their hash. A result appears under its name only when it is whole; until
 * then it lies in a folder that begins with a dot, which belongs to whoever holds the lock beside
 * it. A process that is killed loses the lock, and the next one begins anew.
 */
public final class Store {
    private static final String POINTS = "points";

    private final Path folder;

    /**
     * @param out folder of a sweep
     */
    public Store(Path out) {
        folder = out.resolve(POINTS);
    }

    /**
     * Makes the folder of a sweep; one that is there already is taken up again.
     *
     * @throws CannotWrite if that is not possible, or something else is in it
     */
    public static Store open(Path out) throws CannotWrite {
        Store store = new Store(out);
        try {
            if (Files.exists(out) && !Files.isDirectory(out)) {
                throw new CannotWrite(out, "exists and is no folder");
            }
            if (Files.isDirectory(out) && !Files.exists(out.resolve(Plan.FILE)) && holds(out)) {
                throw new CannotWrite(out, "holds something that is no sweep");
            }
            Files.createDirectories(store.folder);
        } catch (CannotWrite e) {
            throw e;
        } catch (IOException e) {
            throw new CannotWrite(out, e);
        }
        return store;
    }

    private static boolean holds(Path out) throws IOException {
        try (Stream<Path> entries = Files.list(out)) {
            return entries.anyMatch(entry -> !entry.endsWith(POINTS));
        }
    }

    /** Where the result of a point is, or will be. */
    public Path result(String hash) {
        return folder.resolve(hash);
    }

    /** Whether there is a whole result. */
    public boolean has(String hash) {
        return Files.isRegularFile(result(hash).resolve(PointResult.FILE));
    }

    /** What makes a result, in an empty folder. */
    interface Maker {
        /** Whether it is whole. */
        boolean make(Path part) throws IOException;
    }

    /**
     * Makes a result, unless another process makes it meanwhile, for which it waits.
     *
     * @return whether there is a result now
     * @throws CannotWrite also if the disk is full; what was written until then is deleted
     */
    boolean make(String hash, Maker maker) throws CannotWrite {
        Path lock = folder.resolve("." + hash + ".lock");
        try (FileChannel channel =
                        FileChannel.open(
                                lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            if (held.isValid() && !has(hash)) {
                if (!make(hash, folder.resolve("." + hash + ".part"), maker)) {
                    return false;
                }
            }
            Files.deleteIfExists(lock);
            return true;
        } catch (CannotWrite e) {
            throw e;
        } catch (IOException e) {
            throw new CannotWrite(result(hash), e);
        }
    }

    private boolean make(String hash, Path part, Maker maker) throws IOException {
        Durable.delete(part);
        try {
            if (!maker.make(part)) {
                return false;
            }
            Durable.publish(part, result(hash));
            return true;
        } catch (IOException e) {
            Durable.delete(part);
            throw e;
        }
    }
}
