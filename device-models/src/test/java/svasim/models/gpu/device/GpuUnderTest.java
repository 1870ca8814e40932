package svasim.models.gpu.device;

import java.util.Arrays;
import java.util.stream.LongStream;
import svasim.device.Words;
import svasim.models.MachineUnderTest;
import svasim.models.gpu.GpuProvider;
import svasim.models.gpu.config.GpuConfig;
import svasim.models.gpu.config.GpuWork;
import svasim.models.gpu.layout.LocalRegister;
import svasim.models.gpu.layout.Packet;
import svasim.models.gpu.layout.Register;
import svasim.pcie.tlp.PasidPrefix;

/** The GPU, driven through its registers without a kernel. */
final class GpuUnderTest {
    static final int PACKETS = 16;

    /** For each queue a page with its ring, and one with read pointer and signals. */
    static final long RINGS = 0x6000_0000_0000L;

    private static final long INTERRUPTS = 0x30_0000;
    private static final int ENTRIES = 64;
    private static final long PAGE = 4096;
    private static final long SAVE_BYTES = 16 * PAGE;

    private final MachineUnderTest machine;
    private final long[] submitted = new long[GpuDevice.QUEUES];

    GpuUnderTest(GpuConfig config) {
        machine = MachineUnderTest.with(new GpuProvider(), config);
        machine.map(PasidPrefix.NONE, INTERRUPTS, PAGE);
        configure();
    }

    MachineUnderTest machine() {
        return machine;
    }

    void configure() {
        write(Register.INTERRUPT_BASE, INTERRUPTS);
        write(Register.INTERRUPT_SIZE, ENTRIES);
        write(Register.MESSAGE_ADDRESS, 0xFEE0_0000L);
        write(Register.MESSAGE_DATA, 5);
        Arrays.fill(submitted, 0);
    }

    /** Maps a queue of a process, whose ring gets pages. */
    void map(int queue, int pasid) {
        if (machine.agent().physical(pasid, ring(queue)) < 0) {
            machine.map(pasid, ring(queue), 2 * PAGE);
            machine.map(pasid, saveArea(queue), SAVE_BYTES);
        }
        submitted[queue] = 0;
        write(Register.QUEUE, queue);
        write(Register.RING_BASE, ring(queue));
        write(Register.RING_SIZE, PACKETS);
        write(Register.READ_POINTER, ring(queue) + PAGE);
        write(Register.PASID, pasid);
        write(Register.SAVE_AREA, saveArea(queue));
        write(Register.SAVE_BYTES, SAVE_BYTES);
        write(Register.COMMAND, Register.MAP_QUEUE);
    }

    void command(int queue, long command) {
        write(Register.QUEUE, queue);
        write(Register.COMMAND, command);
        machine.runFor(1_000_000);
    }

    boolean isOff(int queue) {
        int status = Register.STATUS + queue * Long.BYTES;
        return machine.read(Register.BAR, status, Long.BYTES) == Register.IDLE;
    }

    /**
     * Hands in a stream of elements.
     *
     * @return number of the dispatch in the queue
     */
    int stream(int queue, int pasid, long from, long into, long elements) {
        int number = (int) submitted[queue];
        long signal = signal(queue, number);
        Packet packet = new Packet(GpuWork.Kernel.STREAM, elements, from, into, 0, 0, signal);
        return submit(queue, pasid, packet);
    }

    int submit(int queue, int pasid, Packet packet) {
        int number = (int) submitted[queue]++;
        byte[] pending = new byte[Long.BYTES];
        Words.put(pending, 0, Long.BYTES, Packet.PENDING);
        machine.store(pasid, signal(queue, number), pending);
        long at = ring(queue) + (long) number % PACKETS * Packet.BYTES;
        machine.store(pasid, at, packet.toBytes());
        machine.write64(Register.DOORBELLS, (long) queue * Long.BYTES, submitted[queue]);
        return number;
    }

    long signal(int queue, int number) {
        return ring(queue) + PAGE + 64 + (long) number * Long.BYTES;
    }

    long signalled(int queue, int pasid, int number) {
        return Words.u64(machine.load(pasid, signal(queue, number), Long.BYTES), 0);
    }

    long readPointer(int queue, int pasid) {
        return Words.u64(machine.load(pasid, ring(queue) + PAGE, Long.BYTES), 0);
    }

    void fill(int pasid, long address, long... words) {
        byte[] bytes = new byte[words.length * Long.BYTES];
        for (int i = 0; i < words.length; i++) {
            Words.put(bytes, i * Long.BYTES, Long.BYTES, words[i]);
        }
        machine.store(pasid, address, bytes);
    }

    long[] words(int pasid, long address, int count) {
        byte[] bytes = machine.load(pasid, address, count * Long.BYTES);
        return LongStream.range(0, count)
                .map(i -> Words.u64(bytes, (int) i * Long.BYTES))
                .toArray();
    }

    long counter(String name) {
        return machine.statistics().counters().get("dev." + name).value();
    }

    static long saveArea(int queue) {
        return RINGS + 0x1000_0000L + queue * SAVE_BYTES;
    }

    /** Commands of the local memory. */
    void local(long command, int pasid, long address, int pages) {
        write(LocalRegister.PASID, pasid);
        write(LocalRegister.ADDRESS, address);
        write(LocalRegister.PAGES, pages);
        write(LocalRegister.COMMAND, command);
    }

    void mapLocal(int pasid, long address, long offset, boolean writable) {
        write(LocalRegister.OFFSET, offset | (writable ? LocalRegister.WRITABLE : 0));
        local(LocalRegister.MAP, pasid, address, 1);
    }

    void copy(long command, long system, long offset) {
        write(LocalRegister.SYSTEM, system);
        write(LocalRegister.OFFSET, offset);
        write(LocalRegister.COMMAND, command);
    }

    long register(int register) {
        return machine.read(Register.BAR, register, Long.BYTES);
    }

    private static long ring(int queue) {
        return RINGS + queue * 2 * PAGE;
    }

    private void write(int register, long value) {
        machine.write64(Register.BAR, register, value);
    }
}
