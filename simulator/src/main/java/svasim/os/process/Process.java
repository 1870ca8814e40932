package svasim.os.process;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import svasim.os.file.Job;
import svasim.os.file.OpenFile;
import svasim.os.mm.Mm;
import svasim.os.mm.MmEnd;
import svasim.os.mm.Pin;
import svasim.os.procedure.WaitQueue;
import svasim.os.program.Buffer;
import svasim.os.program.ProcessSpec;
import svasim.trace.Kind;

/** A running program: its address space, files, threads and jobs. */
public final class Process {
    private static final long PAGE = 4096;

    private final ProcessSpec spec;
    private final Mm mm;
    private final FileTable files;
    private final ProcessServices services;
    private final Map<String, Long> addresses = new LinkedHashMap<>();
    private final Map<String, Mapped> devices = new LinkedHashMap<>();
    private final Map<String, Job> jobs = new LinkedHashMap<>();
    private final List<UserThread> threads = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final WaitQueue ready;
    private final WaitQueue ended;
    private final WaitQueue deThreaded;
    private final WaitQueue continued;
    private final WaitQueue gone;
    private final Map<String, Pin> pins = new LinkedHashMap<>();
    private final Map<String, Buffer> inherited = new LinkedHashMap<>();
    private final Map<String, byte[]> atExit = new LinkedHashMap<>();
    private CoreDump coreDump;
    private int tag;
    private boolean setUp;
    private boolean killed;
    private boolean stopped;
    private boolean letsParentGo;
    private int living;

    /** A mapping of device memory. */
    record Mapped(long start, long bytes, OpenFile file) {
        Mapped movedTo(long newStart) {
            return new Mapped(newStart, bytes, file);
        }
    }

    /**
     * The file that work for a device is handed in by: the open one, or one that is only mapped, if
     * its mapping is what takes the work; or null.
     */
    OpenFile fileForWork(String device) {
        OpenFile open = files().get(device);
        Mapped mapped = devices.get(device);
        boolean byMapping = mapped != null && mapped.file().operations().takesWorkThroughMapping();
        return open == null && byMapping ? mapped.file() : open;
    }

    Process(ProcessSpec spec, Mm mm, FileTable files, ProcessServices services) {
        this.spec = spec;
        this.mm = mm;
        this.services = services;
        this.files = files;
        this.continued = new WaitQueue("SIGCONT for", spec.name());
        this.gone = new WaitQueue("exec or end of", spec.name());
        this.ready = new WaitQueue("set-up of", spec.name());
        this.deThreaded = new WaitQueue("other threads of", spec.name());
        this.ended = new WaitQueue("end of", spec.name());
    }

    public String name() {
        return spec.name();
    }

    ProcessSpec spec() {
        return spec;
    }

    public Mm mm() {
        return mm;
    }

    FileTable files() {
        return files;
    }

    ProcessServices services() {
        return services;
    }

    /** Its threads, in the order of making. */
    public List<UserThread> threads() {
        return List.copyOf(threads);
    }

    /** What did not succeed, one line each, for example {@code "main: open dsa0: ..."}. */
    public List<String> failures() {
        return List.copyOf(failures);
    }

    void failed(UserThread thread, String what) {
        failures.add(thread.name() + ": " + what);
    }

    /** The job of this name, or null if none was submitted. */
    public Job job(String name) {
        return jobs.get(name);
    }

    /** All jobs, in the order of submission. */
    public Map<String, Job> jobs() {
        return Map.copyOf(jobs);
    }

    void job(String name, Job job) {
        jobs.put(name, job);
    }

    public boolean hasEnded() {
        return living == 0 && !threads.isEmpty();
    }

    public boolean isKilled() {
        return killed;
    }

    /** Whom to wait on for the end of the last thread. */
    WaitQueue ended() {
        return ended;
    }

    void add(UserThread thread) {
        threads.add(thread);
        living++;
    }

    void threadEnded() {
        if (--living == 0) {
            ended.wakeAll();
        }
        deThreaded.wakeAll();
    }

    /** Threads that have not ended. */
    int living() {
        return living;
    }

    /** A thread that calls exec waits for the others here. */
    WaitQueue deThreaded() {
        return deThreaded;
    }

    /** Whether a parent that waits for exec or exit may go on (vfork). */
    boolean letsParentGo() {
        return letsParentGo;
    }

    void letParentGo() {
        letsParentGo = true;
        gone.wakeAll();
    }

    WaitQueue gone() {
        return gone;
    }

    boolean isStopped() {
        return stopped && !killed;
    }

    WaitQueue continued() {
        return continued;
    }

    /** SIGSTOP and SIGCONT. */
    void stop(boolean stop) {
        stopped = stop;
        if (!stop) {
            continued.wakeAll();
        }
    }

    /** The process dies, and its memory is written out before any thread lets go of it. */
    void dumpCore(String signal) {
        coreDump = coreDump == null ? new CoreDump(this) : coreDump;
        kill(signal);
    }

    /** Null unless a signal has asked for one. */
    CoreDump coreDump() {
        return coreDump;
    }

    Map<String, Pin> pins() {
        return pins;
    }

    /** Whether the buffers are mapped and filled. */
    boolean isSetUp() {
        return setUp;
    }

    WaitQueue ready() {
        return ready;
    }

    void setUpDone() {
        setUp = true;
        ready.wakeAll();
    }

    /** A fatal signal for all threads but one, which calls exec (zap_other_threads). */
    void killOthers(UserThread survivor) {
        for (UserThread thread : threads) {
            if (thread != survivor) {
                thread.leave();
                services.platform().scheduler().interrupt(thread.task());
            }
        }
    }

    /** A fatal signal for all threads; each dies at its next way back to user space. */
    void kill(String signal) {
        if (killed) {
            return;
        }
        killed = true;
        continued.wakeAll();
        for (UserThread thread : threads) {
            int lane = thread.task().lane();
            services.platform()
                    .trace()
                    .tell(Kind.SIGNAL, lane, thread.task().id(), mm.id(), 0, signal);
            services.platform().scheduler().interrupt(thread.task());
        }
    }

    /**
     * Virtual address of a buffer's first byte.
     *
     * @throws IllegalArgumentException if the process has no such buffer
     */
    public long address(String buffer) {
        Long address = addresses.get(buffer);
        if (address == null) {
            throw new IllegalArgumentException(name() + " has no buffer \"" + buffer + "\" mapped");
        }
        return address;
    }

    /** The same with the tag that the program has in its pointers, if the cores ignore it. */
    long pointer(String buffer) {
        return mm.tags().pointer(address(buffer), tag);
    }

    long pointerForDevice(String buffer) {
        return mm.tags().pointerForDevice(address(buffer), tag);
    }

    void tag(int ofPointers) {
        tag = ofPointers;
    }

    /** Name of the buffer that an address lies in; null if in none. */
    public String bufferAt(long va) {
        return addresses.entrySet().stream()
                .filter(one -> va >= one.getValue() && va - one.getValue() < pages(one.getKey()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    /** Size of a buffer in bytes. */
    public long size(String buffer) {
        return buffer(buffer).size().bytes();
    }

    /** Size of a buffer in whole pages, in bytes. */
    long pages(String buffer) {
        return size(buffer) + PAGE - 1 & -PAGE;
    }

    /** Bytes of a buffer as the process would read them now, or could at its end. */
    public byte[] contents(String buffer) {
        if (atExit.containsKey(buffer)) {
            return atExit.get(buffer);
        }
        if (mm.users() == 0) {
            throw new IllegalArgumentException(name() + " is gone, and \"" + buffer + "\" with it");
        }
        return read(buffer);
    }

    private byte[] read(String buffer) {
        return mm.read(address(buffer), Math.toIntExact(size(buffer)));
    }

    Buffer buffer(String buffer) {
        Buffer found = spec.buffers().getOrDefault(buffer, inherited.get(buffer));
        if (found == null) {
            throw new IllegalArgumentException(name() + " has no buffer \"" + buffer + "\"");
        }
        return found;
    }

    /** Mappings of another process at the same addresses are this one's too. */
    void inherit(Process parent, boolean memoryShared) {
        inherited.putAll(parent.inherited);
        inherited.putAll(parent.spec.buffers());
        addresses.putAll(parent.addresses);
        tag = parent.tag;
        if (memoryShared) {
            devices.putAll(parent.devices);
            jobs.putAll(parent.jobs);
        }
    }

    /** Keeps a buffer's bytes as they are when the address space ends. */
    void keepAtExit(String buffer) {
        mm.atEnd(
                new MmEnd() {
                    @Override
                    public void contentsGoing(Mm going) {
                        if (addresses.containsKey(buffer)) {
                            atExit.put(buffer, read(buffer));
                        }
                    }

                    @Override
                    public void contentsGone(Mm gone) {}

                    @Override
                    public void structGone(Mm gone) {}
                });
    }

    boolean isMapped(String buffer) {
        return addresses.containsKey(buffer);
    }

    void mapped(String buffer, long address) {
        addresses.put(buffer, address);
    }

    void unmapped(String buffer) {
        addresses.remove(buffer);
    }

    void deviceMapped(String device, Mapped where) {
        devices.put(device, where);
    }

    /** Where a device's memory is mapped, or null. */
    Mapped device(String device) {
        return devices.get(device);
    }

    /** Takes note that a device's memory is unmapped; null if it was not mapped. */
    Mapped deviceUnmapped(String device) {
        return devices.remove(device);
    }

    @Override
    public String toString() {
        return name();
    }
}
