package svasim.os.file;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import svasim.kernel.Site;
import svasim.os.defect.Defect;
import svasim.os.mm.Mm;
import svasim.os.procedure.Next;
import svasim.os.procedure.WaitQueue;
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

    /** Files whose driver is busy with their open. */
    private final Set<OpenFile> opening = new HashSet<>();

    private final WaitQueue opened = new WaitQueue("open of files");
    private final DriverData drivers;

    public Files(Platform platform) {
        this.platform = platform;
        this.lane = platform.trace().lane("files");
        this.drivers = new DriverData(platform.references());
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

    /** The driver's open of a file begins. */
    public void opening(OpenFile file) {
        opening.add(file);
    }

    /** It is over. */
    public void opened(OpenFile file) {
        opening.remove(file);
        opened.wakeAll();
    }

    /** Waits as long as an open of a node's files is under way. */
    public Next awaitOpen(FileOperations operations) {
        boolean busy = opening.stream().anyMatch(file -> file.operations() == operations);
        return busy ? Next.await(opened) : Next.ON;
    }

    /** Files that the removal of their device has to see to; a driver with a bug forgets them. */
    public List<OpenFile> orphans(FileOperations operations) {
        return forgetsFiles() ? List.of() : open(operations);
    }

    private boolean forgetsFiles() {
        return platform.defects().has(Defect.S17);
    }

    /**
     * The device is gone, and its driver with it. What that kept of the device stays until the last
     * file is released, since that release looks at it; unless somebody has forgotten that (S17).
     */
    public void driverGone(FileOperations operations) {
        boolean kept = isOpen(operations) && !forgetsFiles();
        drivers.gone(operations, kept);
    }

    void use(FileOperations operations) {
        drivers.use(operations);
    }

    void released(FileOperations operations) {
        drivers.released(operations, isOpen(operations));
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
