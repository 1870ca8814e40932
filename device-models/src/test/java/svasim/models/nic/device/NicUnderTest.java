package svasim.models.nic.device;

import java.util.ArrayList;
import java.util.List;
import svasim.device.Words;
import svasim.models.MachineUnderTest;
import svasim.models.nic.NicProvider;
import svasim.models.nic.config.NicConfig;
import svasim.models.nic.layout.Completion;
import svasim.models.nic.layout.Descriptor;
import svasim.models.nic.layout.QueueRegister;
import svasim.models.nic.layout.Registers;
import svasim.pcie.tlp.PasidPrefix;
import svasim.units.ByteSize;
import svasim.units.Picoseconds;

/** The card, driven through its registers without a kernel; one queue pair, by default. */
final class NicUnderTest {
    static final int ENTRIES = 16;
    static final int NONE = PasidPrefix.NONE;

    private static final long RINGS = 0x20_0000;
    private static final long RING_BYTES = 4096;
    private static final long MESSAGE = 0xFEE0_0000L;

    private final MachineUnderTest machine;
    private long transmitTail;
    private long receiveTail;
    private long read;

    NicUnderTest(NicConfig config) {
        machine = MachineUnderTest.with(new NicProvider(), config);
        machine.map(NONE, RINGS, 3 * RING_BYTES);
    }

    /** A card that interrupts after so many completions or this time. */
    static NicConfig coalescing(int packets, long ps) {
        return new NicConfig(
                2,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                packets,
                new Picoseconds(ps),
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** A card with one queue pair and so much room for packets on their way to memory. */
    static NicConfig buffering(ByteSize room) {
        return new NicConfig(
                1, null, null, null, null, null, room, null, null, null, null, null, null, null,
                null, null, null);
    }

    MachineUnderTest machine() {
        return machine;
    }

    /** Starts the queue pair with empty rings. */
    void start() {
        transmitTail = 0;
        receiveTail = 0;
        read = 0;
        machine.store(NONE, RINGS + 2 * RING_BYTES, new byte[2 * ENTRIES * Completion.BYTES]);
        write(QueueRegister.TRANSMIT_BASE, RINGS);
        write(QueueRegister.RECEIVE_BASE, RINGS + RING_BYTES);
        write(QueueRegister.COMPLETION_BASE, RINGS + 2 * RING_BYTES);
        write(QueueRegister.ENTRIES, ENTRIES);
        write(QueueRegister.MESSAGE_ADDRESS, MESSAGE);
        write(QueueRegister.MESSAGE_DATA, 0x31);
        write(QueueRegister.CONTROL, QueueRegister.START);
    }

    void transmit(long address, int bytes) {
        store(RINGS, transmitTail++, new Descriptor(address, bytes));
        write(QueueRegister.TRANSMIT_TAIL, transmitTail);
    }

    void receive(long address, int bytes) {
        store(RINGS + RING_BYTES, receiveTail++, new Descriptor(address, bytes));
        write(QueueRegister.RECEIVE_TAIL, receiveTail);
    }

    /** Completions that are new, of one direction. */
    List<Completion> completed(boolean received) {
        return completed().stream().filter(entry -> entry.received() == received).toList();
    }

    /** Completions that are new, oldest first. */
    List<Completion> completed() {
        List<Completion> all = new ArrayList<>();
        for (Completion next = at(read); next != null; next = at(++read)) {
            all.add(next);
        }
        return all;
    }

    /** Tells of what was read, and allows an interrupt. */
    void arm() {
        write(QueueRegister.COMPLETION_HEAD, read | QueueRegister.ARM);
    }

    long state() {
        return readRegister(QueueRegister.CONTROL);
    }

    long readRegister(QueueRegister register) {
        return machine.read(Registers.BAR, Registers.offset(0, register), Long.BYTES);
    }

    void write(QueueRegister register, long value) {
        machine.write64(Registers.BAR, Registers.offset(0, register), value);
    }

    private Completion at(long count) {
        long place = count % (2 * ENTRIES);
        byte[] entry =
                machine.load(
                        NONE, RINGS + 2 * RING_BYTES + place * Completion.BYTES, Completion.BYTES);
        Completion completion =
                Completion.of(Words.u64(entry, 0), Words.u64(entry, 8), Words.u64(entry, 56));
        boolean phase = count / (2 * ENTRIES) % 2 == 0;
        return completion.phase() == phase ? completion : null;
    }

    private void store(long ring, long tail, Descriptor descriptor) {
        machine.store(NONE, ring + tail % ENTRIES * Descriptor.BYTES, descriptor.toBytes());
    }
}
