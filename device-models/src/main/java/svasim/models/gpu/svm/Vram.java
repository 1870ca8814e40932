package svasim.models.gpu.svm;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import svasim.cpu.Cpu;
import svasim.device.DriverHost;
import svasim.models.gpu.config.LocalMemoryConfig;
import svasim.models.gpu.layout.LocalRegister;
import svasim.models.gpu.layout.Register;
import svasim.os.mm.DeviceMemory;
import svasim.os.mm.DevicePage;
import svasim.os.procedure.Call;

/** The local memory of a device as its driver manages it, page by page. */
public final class Vram {
    static final long PAGE = 4096;

    private final LocalMemoryConfig config;
    private final DriverHost host;
    private final int pages;
    private final BitSet used = new BitSet();

    /** Pages in use whose contents are gone. */
    private final BitSet lost = new BitSet();

    /** What is in the memory, the longest there first. */
    private final Map<Long, DevicePage> oldestFirst = new LinkedHashMap<>();

    private long copiesAsked;
    private long errorsSeen;
    private long resets;

    public Vram(LocalMemoryConfig config, DriverHost host) {
        this.config = config;
        this.host = host;
        pages = Math.toIntExact(config.size().bytes() / PAGE);
    }

    DriverHost host() {
        return host;
    }

    /** Size of what moves together. */
    long granule() {
        return config.granule().bytes();
    }

    /** Makes room for everything, so that nothing is in the memory. */
    public Call<?> empty() {
        return MakeRoom.call(this, pages);
    }

    /** The device has lost its memory, and what it was asked to do. */
    public void lose() {
        lost.or(used);
        forgetCopies();
    }

    /** The device has been reset, after {@link #empty}. */
    public void forgetCopies() {
        copiesAsked = 0;
        errorsSeen = 0;
        resets++;
    }

    int free() {
        return pages - used.cardinality();
    }

    /** The page that came first, or null. */
    DevicePage oldest() {
        return oldestFirst.isEmpty() ? null : oldestFirst.values().iterator().next();
    }

    /** Pages that are there. */
    List<DevicePage> all() {
        return List.copyOf(oldestFirst.values());
    }

    /** A page cannot be had just now: others are looked at before it. */
    void postpone(DevicePage page) {
        oldestFirst.remove(page.offset());
        oldestFirst.put(page.offset(), page);
    }

    void add(DevicePage page) {
        oldestFirst.put(page.offset(), page);
    }

    long allocate() {
        int number = used.nextClearBit(0);
        if (number >= pages) {
            return DeviceMemory.NO_ROOM;
        }
        used.set(number);
        return number * PAGE;
    }

    void free(DevicePage page) {
        int number = (int) (page.offset() / PAGE);
        used.clear(number);
        lost.clear(number);
        oldestFirst.remove(page.offset());
    }

    boolean isLost(DevicePage page) {
        return lost.get((int) (page.offset() / PAGE));
    }

    void lose(DevicePage page) {
        lost.set((int) (page.offset() / PAGE));
    }

    byte[] contents(DevicePage page) {
        return host.contents().look(LocalRegister.BAR, page.offset(), (int) PAGE);
    }

    /** How often the device has been reset. */
    long resets() {
        return resets;
    }

    /**
     * Asks the device for a copy.
     *
     * @return number of copies that have to end until this one has
     */
    long copy(Cpu cpu, long command, long system, DevicePage page) {
        write(cpu, LocalRegister.SYSTEM, system);
        write(cpu, LocalRegister.OFFSET, page.offset());
        write(cpu, LocalRegister.COMMAND, command);
        return ++copiesAsked;
    }

    /** Whether copies have failed since this was asked for last. */
    boolean hasNewErrors(Cpu cpu) {
        long errors = read(cpu, LocalRegister.COPY_ERRORS);
        boolean more = errors != errorsSeen;
        errorsSeen = errors;
        return more;
    }

    /** A command for a range of pages of a process. */
    void command(Cpu cpu, long command, int pasid, long address, long bytes) {
        write(cpu, LocalRegister.PASID, pasid);
        write(cpu, LocalRegister.ADDRESS, address);
        write(cpu, LocalRegister.PAGES, bytes / PAGE);
        write(cpu, LocalRegister.COMMAND, command);
    }

    void map(Cpu cpu, int pasid, long address, DevicePage page, boolean writable) {
        write(cpu, LocalRegister.OFFSET, page.offset() | (writable ? LocalRegister.WRITABLE : 0));
        command(cpu, LocalRegister.MAP, pasid, address, PAGE);
    }

    long read(Cpu cpu, int register) {
        return cpu.readMmio(host.bar(Register.BAR) + register, Long.BYTES);
    }

    void write(Cpu cpu, int register, long value) {
        cpu.writeMmio(host.bar(Register.BAR) + register, Long.BYTES, value);
    }
}
