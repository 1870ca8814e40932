package svasim.os.file;

import svasim.os.mm.Backing;
import svasim.os.mm.Mm;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.WaitQueue;
import svasim.os.reference.Counter;
import svasim.os.reference.Node;
import svasim.trace.Kind;

/**
 * A struct file: one opening of a device node, held by descriptors and by mappings. Its driver's
 * release runs once, after the last reference went.
 */
public final class OpenFile implements Backing {
    private final int id;
    private final FileOperations operations;
    private final Mm openedBy;
    private final Files files;
    private final Node node;
    private final Counter references;
    private Object context;
    private String refusal;
    private boolean released;
    private boolean orphaned;
    private boolean releaseBegun;
    private boolean releaseEnded;
    private final WaitQueue release;

    OpenFile(int id, FileOperations operations, Mm openedBy, Files files) {
        this.id = id;
        this.operations = operations;
        this.openedBy = openedBy;
        this.files = files;
        this.node =
                files.platform().references().node("file " + id + " (" + operations.name() + ")");
        this.release = new WaitQueue("release of", node.name());
        this.references =
                new Counter(
                        files.platform().trace(), Kind.FILE_REFERENCE, files.lane(), id, "f_count");
    }

    /** Number of the file in the trace. */
    public int id() {
        return id;
    }

    public FileOperations operations() {
        return operations;
    }

    /** Address space of the task that opened the file; drivers compare it with the caller's. */
    public Mm openedBy() {
        return openedBy;
    }

    /** The file in the graph of references; a driver hangs its bond on it. */
    @Override
    public Node node() {
        return node;
    }

    /** What the driver keeps for this file. */
    public <T> T context(Class<T> type) {
        return type.cast(context);
    }

    /** The driver: keeps this for the file. */
    public void keep(Object driverContext) {
        context = driverContext;
    }

    /** The driver, in open: the file cannot be opened, for this reason. */
    public void refuse(String reason) {
        refusal = reason;
    }

    /** Why open was refused, or null. */
    public String refusal() {
        return refusal;
    }

    /** Whether the driver's release has run, or open was refused. */
    public boolean isReleased() {
        return released || refusal != null;
    }

    /** The device of the file is taken away: the file can only be closed. */
    public void orphan() {
        orphaned = true;
    }

    /** Whether the device of the file has been taken away. */
    @Override
    public boolean isGone() {
        return orphaned;
    }

    /** A system call on the file begins, and looks at what the driver keeps of the device. */
    public void use() {
        files.use(operations);
    }

    /** What the driver does for the file as long as its device is there, done before its end. */
    public Call<?> releaseEarly() {
        return EarlyRelease.call(this);
    }

    /**
     * Runs the driver's release, which runs once: for the last reference, or before it when the
     * device is taken away. Who comes second waits for the first.
     */
    Next release() {
        use();
        if (!releaseBegun) {
            releaseBegun = true;
            return Next.call(operations.release(this));
        }
        return releaseEnded ? Next.ON : Next.await(release);
    }

    /** The driver's release is over. */
    void releaseEnded() {
        releaseEnded = true;
        release.wakeAll();
    }

    void released() {
        released = true;
        files.released(operations);
    }

    public int referenceCount() {
        return references.value();
    }

    @Override
    public void get(String holder) {
        references.get(holder);
    }

    /** fput: the last one has the driver's release run at the end of the task's system call. */
    @Override
    public void put(String holder) {
        if (references.put(holder)) {
            files.lastReferenceGone(this);
        }
    }
}
