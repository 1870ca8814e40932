package svasim.os.file;

import java.util.ArrayList;
import java.util.List;
import svasim.kernel.Site;
import svasim.os.mm.Mm;
import svasim.os.task.Platform;
import svasim.os.task.Task;
import svasim.trace.Kind;

/** Makes open files, and sees to it that the driver's release runs after the last reference. */
public final class Files {
    /** Who runs a deferred fput: 0 the task itself on its way out, 1 a worker. */
    private static final Site DEFERRED_FPUT = new Site("os.fput");

    private final Platform platform;
    private final int lane;
    private final List<OpenFile> all = new ArrayList<>();

    public Files(Platform platform) {
        this.platform = platform;
        this.lane = platform.trace().lane("files");
    }

    Platform platform() {
        return platform;
    }

    int lane() {
        return lane;
    }

    /** All files ever opened, in that order. */
    public List<OpenFile> all() {
        return List.copyOf(all);
    }

    /** A new file, not yet held by anything; its driver's open has not run. */
    public OpenFile create(FileOperations operations, Mm opener, Task task) {
        OpenFile file = new OpenFile(all.size() + 1, operations, opener, this);
        all.add(file);
        platform.trace().tell(Kind.FILE_OPENED, lane, file.id(), task.id(), 0, operations.name());
        return file;
    }

    /** Files of a node that have not been released, in the order of their opening. */
    public List<OpenFile> open(FileOperations operations) {
        return all.stream()
                .filter(file -> file.operations() == operations && !file.isReleased())
                .toList();
    }

    /** Whether some file of a node has not been released. */
    public boolean isOpen(FileOperations operations) {
        return !open(operations).isEmpty();
    }

    /**
     * The last reference of a file went, in a step of the task that runs now: its release becomes
     * work of that task, or of a worker if the task takes none any more.
     */
    void lastReferenceGone(OpenFile file) {
        Task task = platform.scheduler().current();
        boolean byWorker = platform.kernel().pick(DEFERRED_FPUT, task.lane(), 2) == 1;
        if (byWorker || !task.addTaskWork(FinalPut.call(file, platform))) {
            platform.events().add(FinalPut.call(file, platform));
        }
    }
}
