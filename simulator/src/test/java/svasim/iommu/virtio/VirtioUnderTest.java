package svasim.iommu.virtio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import svasim.iommu.core.UnitBench;
import svasim.memory.PhysicalMemory;
import svasim.paging.Access;
import svasim.pcie.tlp.PasidPrefix;

/** A device with memory, and the driver's side of its queues. */
final class VirtioUnderTest {
    static final int ENDPOINT = 0x3A2A;
    static final int DOMAIN = 1;
    static final long VA = 0x7F3A_5C6D_7000L;
    static final long PA = 0x2_3456_7000L;
    static final long MEMORY_END = 1L << 40;
    static final int READ_WRITE = 3;

    static final int QUEUE_SIZE = 16;
    static final int REQUESTS = 0;
    static final int EVENTS = 1;
    static final int BYPASS_FIELD = 0x100 + 36;

    /** Every feature but BYPASS. */
    static final long FEATURES = 0x1_0000_0077L;

    private static final long QUEUES = 0x100_0000;
    private static final long BUFFERS = 0x200_0000;
    private static final int BUFFER_BYTES = 0x1000;

    final PhysicalMemory memory = new PhysicalMemory(0, MEMORY_END);
    final UnitBench bench = new UnitBench(memory);
    final VirtioConfig config;
    final VirtioIommu device;
    private final int[] made = new int[2];

    VirtioUnderTest() {
        this(VirtioConfig.defaults().withFeatures(Map.of("bypass", 0L)));
    }

    VirtioUnderTest(VirtioConfig config) {
        this.config = config;
        device = new VirtioIommu(config, bench.surroundings());
        bench.connect(device);
    }

    /** A device that the driver has started, with those features. */
    static VirtioUnderTest started() {
        VirtioUnderTest unit = new VirtioUnderTest();
        unit.start(FEATURES);
        return unit;
    }

    // Registers.

    void write(int offset, int value) {
        device.writeRegister(offset, Integer.BYTES, Integer.toUnsignedLong(value));
        bench.settle();
    }

    int register(int offset) {
        return (int) device.readRegister(offset, Integer.BYTES);
    }

    void bypass(int value) {
        device.writeRegister(BYPASS_FIELD, 1, value);
    }

    void negotiate(long features) {
        write(RegisterOffset.STATUS, 3);
        for (int half = 0; half < 2; half++) {
            write(RegisterOffset.DRIVER_FEATURES_SEL, half);
            write(RegisterOffset.DRIVER_FEATURES, (int) (features >>> 32 * half));
        }
        write(RegisterOffset.STATUS, 11);
    }

    void start(long features) {
        negotiate(features);
        for (int queue = 0; queue < 2; queue++) {
            made[queue] = 0;
            memory.clearFrame(available(queue));
            memory.clearFrame(used(queue));
            write(RegisterOffset.QUEUE_SEL, queue);
            write(RegisterOffset.QUEUE_NUM, QUEUE_SIZE);
            write(RegisterOffset.QUEUE_DESC, (int) descriptors(queue));
            write(RegisterOffset.QUEUE_DRIVER, (int) available(queue));
            write(RegisterOffset.QUEUE_DEVICE, (int) used(queue));
            write(RegisterOffset.QUEUE_READY, 1);
        }
        write(RegisterOffset.STATUS, 15);
    }

    // Queues.

    static long descriptors(int queue) {
        return QUEUES + queue * 0x1_0000L;
    }

    static long available(int queue) {
        return descriptors(queue) + 0x4000;
    }

    static long used(int queue) {
        return descriptors(queue) + 0x8000;
    }

    /** The n-th buffer for the driver's own use. */
    static long buffer(int queue, int number) {
        return BUFFERS + queue * 0x10_0000L + (number % QUEUE_SIZE) * 2L * BUFFER_BYTES;
    }

    void descriptor(int queue, int index, long address, int bytes, int flagsAndNext) {
        long at = descriptors(queue) + 16L * index;
        memory.writeLong(at, address);
        memory.writeInt(at + 8, bytes);
        memory.writeInt(at + 12, flagsAndNext);
    }

    /** Makes a chain available; no time passes and nobody is told. */
    void available(int queue, int head) {
        short16(available(queue) + 4 + 2L * (made[queue] % QUEUE_SIZE), head);
        made[queue]++;
        short16(available(queue) + 2, made[queue]);
    }

    private void short16(long address, int value) {
        memory.writeByte(address, (byte) value);
        memory.writeByte(address + 1, (byte) (value >>> 8));
    }

    void notifyDevice(int queue) {
        device.writeRegister(RegisterOffset.QUEUE_NOTIFY, Integer.BYTES, queue);
    }

    /** Buffers that the device has given back. */
    int returned(int queue) {
        return memory.readInt(used(queue)) >>> 16;
    }

    /** Used length of the n-th buffer given back. */
    int usedBytes(int queue, int number) {
        return memory.readInt(used(queue) + 4 + 8L * (number % QUEUE_SIZE) + 4);
    }

    int sent() {
        return made[REQUESTS];
    }

    /** Sends a request and returns at once: two descriptors, the second for the answer. */
    void send(byte[] request, int writable) {
        int number = made[REQUESTS];
        int head = 2 * number % QUEUE_SIZE;
        long buffer = buffer(REQUESTS, number);
        memory.clearFrame(buffer + BUFFER_BYTES);
        memory.write(buffer, request, 0, request.length);
        descriptor(REQUESTS, head, buffer, request.length, 1 | head + 1 << 16);
        descriptor(REQUESTS, head + 1, buffer + BUFFER_BYTES, writable, 2);
        available(REQUESTS, head);
        notifyDevice(REQUESTS);
    }

    /** The writable part of a request's buffer. */
    byte[] answer(int number, int bytes) {
        byte[] answer = new byte[bytes];
        memory.read(buffer(REQUESTS, number) + BUFFER_BYTES, answer, 0, bytes);
        return answer;
    }

    /** Sends a request with a tail only, waits, and returns its status. */
    Status request(byte[] request) {
        send(request, 4);
        bench.settle();
        return Status.values()[answer(made[REQUESTS] - 1, 4)[0]];
    }

    /** Offers buffers for fault reports. */
    void eventBuffers(int count, int bytes) {
        for (int i = 0; i < count; i++) {
            int number = made[EVENTS];
            int head = number % QUEUE_SIZE;
            descriptor(EVENTS, head, buffer(EVENTS, number), bytes, 2);
            available(EVENTS, head);
        }
        notifyDevice(EVENTS);
    }

    byte[] event(int number) {
        byte[] event = new byte[24];
        memory.read(buffer(EVENTS, number), event, 0, event.length);
        return event;
    }

    // Requests.

    private static ByteBuffer message(int type, int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(type);
    }

    static byte[] attach(int domain, int endpoint, int flags) {
        return message(1, 20).putInt(domain).putInt(endpoint).putInt(flags).array();
    }

    static byte[] detach(int domain, int endpoint) {
        return message(2, 20).putInt(domain).putInt(endpoint).array();
    }

    static byte[] map(int domain, long start, long end, long physical, int flags) {
        return message(3, 36)
                .putInt(domain)
                .putLong(start)
                .putLong(end)
                .putLong(physical)
                .putInt(flags)
                .array();
    }

    static byte[] unmap(int domain, long start, long end) {
        return message(4, 28).putInt(domain).putLong(start).putLong(end).array();
    }

    static byte[] probe(int endpoint) {
        return message(5, 72).putInt(endpoint).array();
    }

    /** The endpoint attached, and two pages of it mapped. */
    VirtioUnderTest mapped() {
        request(attach(DOMAIN, ENDPOINT, 0));
        request(map(DOMAIN, VA, VA + 0x1FFF, PA, READ_WRITE));
        return this;
    }

    // A device.

    UnitBench.Outcome access(int endpoint, long address, int access) {
        return bench.access(endpoint, PasidPrefix.NONE, address, access);
    }

    UnitBench.Outcome read(long address) {
        return access(ENDPOINT, address, Access.READ);
    }

    UnitBench.Outcome write(long address) {
        return access(ENDPOINT, address, Access.WRITE);
    }
}
