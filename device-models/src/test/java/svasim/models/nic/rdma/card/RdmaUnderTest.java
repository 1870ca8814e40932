package svasim.models.nic.rdma.card;

import java.util.ArrayList;
import java.util.List;
import svasim.device.DeviceTable;
import svasim.device.Words;
import svasim.models.MachineUnderTest;
import svasim.models.nic.NicProvider;
import svasim.models.nic.config.NicConfig;
import svasim.models.nic.config.OnDemandConfig;
import svasim.models.nic.layout.Registers;
import svasim.models.nic.rdma.layout.CardRegister;
import svasim.models.nic.rdma.layout.Command;
import svasim.models.nic.rdma.layout.FaultEvent;
import svasim.models.nic.rdma.layout.MessageCompletion;
import svasim.models.nic.rdma.layout.MessageRegister;
import svasim.models.nic.rdma.layout.WorkRequest;
import svasim.pcie.tlp.PasidPrefix;

/**
 * The card, driven through its registers without a kernel. Device addresses are those of the agent
 * below {@link PasidPrefix#NONE}; the entry of a page is what the test says.
 */
final class RdmaUnderTest {
    static final int NONE = PasidPrefix.NONE;
    static final int ENTRIES = 64;
    static final long PAGE = DeviceTable.PAGE;

    private static final long COMMANDS = 0x20_0000;
    private static final long LISTS = 0x21_0000;
    private static final long EVENTS = 0x40_0000;
    private static final long QUEUES = 0x50_0000;
    private static final long QUEUE_BYTES = 0x2000;
    private static final long COMPLETIONS = 0x1000;
    private static final long MESSAGE = 0xFEE0_0000L;

    private final MachineUnderTest machine;
    private final long[] tails;
    private final long[] completed;
    private long commands;
    private long events;

    RdmaUnderTest(int queues, OnDemandConfig config) {
        NicConfig card =
                new NicConfig(
                        queues, null, null, null, null, null, null, null, null, null, null, null,
                        null, null, null, null, config);
        machine = MachineUnderTest.with(new NicProvider(), card);
        machine.map(NONE, COMMANDS, PAGE);
        machine.map(NONE, LISTS, ENTRIES * PAGE);
        machine.map(NONE, EVENTS, 4 * PAGE);
        machine.map(NONE, QUEUES, queues * QUEUE_BYTES);
        tails = new long[queues];
        completed = new long[queues];
        setUp();
    }

    MachineUnderTest machine() {
        return machine;
    }

    /** Events and commands begin anew. */
    void setUp() {
        commands = 0;
        events = 0;
        machine.store(NONE, EVENTS, new byte[(int) (4 * PAGE)]);
        write(CardRegister.EVENT_BASE, EVENTS);
        write(CardRegister.EVENT_ENTRIES, 4 * PAGE / FaultEvent.BYTES);
        write(CardRegister.MESSAGE_ADDRESS, MESSAGE);
        write(CardRegister.MESSAGE_DATA, 0x41);
        write(CardRegister.COMMAND_BASE, COMMANDS);
        write(CardRegister.COMMAND_ENTRIES, ENTRIES);
    }

    /** Starts a queue; its domain is its number. */
    void start(int queue) {
        tails[queue] = 0;
        completed[queue] = 0;
        long base = QUEUES + queue * QUEUE_BYTES;
        machine.store(NONE, base + COMPLETIONS, new byte[ENTRIES * MessageCompletion.BYTES]);
        write(queue, MessageRegister.DOMAIN, queue);
        write(queue, MessageRegister.SEND_BASE, base);
        write(queue, MessageRegister.COMPLETION_BASE, base + COMPLETIONS);
        write(queue, MessageRegister.ENTRIES, ENTRIES);
        write(queue, MessageRegister.CONTROL, MessageRegister.START);
    }

    void stop(int queue) {
        write(queue, MessageRegister.CONTROL, MessageRegister.STOP);
    }

    long state(int queue) {
        return machine.read(Registers.BAR, MessageRegister.CONTROL.offset(queue), Long.BYTES);
    }

    void post(int queue, WorkRequest request) {
        long at = QUEUES + queue * QUEUE_BYTES + tails[queue]++ % ENTRIES * WorkRequest.BYTES;
        machine.store(NONE, at, request.toBytes());
        write(queue, MessageRegister.SEND_TAIL, tails[queue]);
    }

    /** How messages have ended since the last call. */
    List<MessageCompletion.Status> completed(int queue) {
        List<MessageCompletion.Status> all = new ArrayList<>();
        while (true) {
            long place = completed[queue] % ENTRIES;
            boolean phase = completed[queue] / ENTRIES % 2 == 0;
            long at = QUEUES + queue * QUEUE_BYTES + COMPLETIONS + place * MessageCompletion.BYTES;
            long word = Words.u64(machine.load(NONE, at, MessageCompletion.BYTES), 0);
            MessageCompletion next = MessageCompletion.of(word);
            if (next.phase() != phase) {
                return all;
            }
            completed[queue]++;
            all.add(next.status());
        }
    }

    /** Makes a region whose table the card has. */
    void create(int key, int domain, long start, long bytes) {
        command(Command.create(key, start, bytes, domain, 0));
    }

    /** Maps a page of a region to a device address. */
    void set(int key, long page, long target, boolean writable) {
        long list = LISTS + commands % ENTRIES * PAGE;
        byte[] entry = new byte[Long.BYTES];
        long flags = DeviceTable.VALID | (writable ? DeviceTable.WRITABLE : 0);
        Words.put(entry, 0, Long.BYTES, target | flags);
        machine.store(NONE, list, entry);
        command(Command.set(key, page, 1, list));
    }

    void command(Command command) {
        machine.store(NONE, COMMANDS + commands++ % ENTRIES * Command.BYTES, command.toBytes());
        write(CardRegister.COMMAND_TAIL, commands);
    }

    /** Whether the card has done every command. */
    boolean isDone() {
        long done = machine.read(Registers.BAR, CardRegister.COMMAND_DONE.offset(), Long.BYTES);
        return done == commands;
    }

    /** Page faults since the last call. */
    List<FaultEvent> faults() {
        List<FaultEvent> all = new ArrayList<>();
        long entries = 4 * PAGE / FaultEvent.BYTES;
        while (true) {
            long at = EVENTS + events % entries * FaultEvent.BYTES;
            FaultEvent next = FaultEvent.of(machine.load(NONE, at, FaultEvent.BYTES));
            if (next.phase() != (events / entries % 2 == 0)) {
                return all;
            }
            events++;
            all.add(next);
        }
    }

    private void write(CardRegister register, long value) {
        machine.write64(Registers.BAR, register.offset(), value);
    }

    private void write(int queue, MessageRegister register, long value) {
        machine.write64(Registers.BAR, register.offset(queue), value);
    }
}
