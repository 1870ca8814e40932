package svasim.models.nic.rdma.card;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.models.nic.rdma.card.RdmaUnderTest.NONE;
import static svasim.models.nic.rdma.card.RdmaUnderTest.PAGE;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import svasim.models.nic.config.OnDemandConfig;
import svasim.models.nic.config.OnDemandConfig.Absent;
import svasim.models.nic.rdma.layout.Command;
import svasim.models.nic.rdma.layout.FaultEvent;
import svasim.models.nic.rdma.layout.MessageRegister;
import svasim.models.nic.rdma.layout.WorkRequest;
import svasim.units.ByteSize;
import svasim.units.Picoseconds;

/**
 * Two processes at the same virtual addresses, each with a queue and a key, and frames that change
 * their owner when the card has said that it is done with them. Whatever faults, is removed,
 * refused or tried with the key of the other: no byte of one ever appears in the other.
 */
class KeysSecrecyTest {
    private static final long MEMORY = 0x7000_0000_0000L;
    private static final long FRAMES = 0x1000_0000;
    private static final int PAGES = 6;
    private static final int BYTES = (int) (PAGES * PAGE);
    private static final int FRAME_COUNT = 16;
    private static final int STEPS = 60;
    private static final int LOOK_EVERY = 10;
    private static final long FIRMWARE_PS = 1_000_000;
    private static final int FREE = -1;

    private Random random;
    private RdmaUnderTest card;

    /** Owner of each frame, and what each process has at each page. */
    private final int[] owners = new int[FRAME_COUNT];

    private final int[][] frames = new int[2][PAGES];
    private final Set<Integer> leaving = new HashSet<>();

    @Property(tries = 20)
    void shouldNeverShowOneProcessTheOthersMemory(@ForAll long seed) {
        prepare(seed);

        for (int i = 0; i < STEPS; i++) {
            int process = random.nextInt(2);
            switch (random.nextInt(4)) {
                case 0 -> remove(process, random.nextInt(PAGES));
                case 1 -> give(process, random.nextInt(PAGES));
                default -> post(process);
            }
            card.machine().runFor(random.nextInt((int) FIRMWARE_PS));
            answer();
            if (i % LOOK_EVERY == 0) {
                check();
            }
        }
        for (int process = 0; process < 2; process++) {
            card.stop(process);
        }
        card.machine().run();

        check();
        assertEquals(List.of(), card.machine().device().waitingFor());
    }

    private void prepare(long seed) {
        random = new Random(seed);
        Absent absent = Absent.values()[random.nextInt(2)];
        Picoseconds time = new Picoseconds(FIRMWARE_PS / 10);
        card =
                new RdmaUnderTest(
                        2,
                        new OnDemandConfig(
                                null,
                                null,
                                time,
                                time,
                                time,
                                new ByteSize(0),
                                absent,
                                time,
                                new Picoseconds(FIRMWARE_PS),
                                8,
                                null));
        card.machine().map(NONE, FRAMES, FRAME_COUNT * PAGE);
        leaving.clear();
        Arrays.fill(owners, FREE);
        for (int process = 0; process < 2; process++) {
            Arrays.fill(frames[process], FREE);
            card.create(process + 1, process, MEMORY, BYTES);
            card.start(process);
        }
    }

    /** Sometimes with a key that is not the process's own. */
    private void post(int process) {
        if (card.state(process) != MessageRegister.RUNNING) {
            card.stop(process);
            card.machine().runFor(FIRMWARE_PS);
            card.start(process);
        }
        int size = 1 + random.nextInt(BYTES / 2);
        long from = MEMORY + random.nextInt(BYTES - size);
        long into = MEMORY + random.nextInt(BYTES - size);
        int local = random.nextInt(10) == 0 ? 2 - process : process + 1;
        int remote = random.nextInt(10) == 0 ? 2 - process : process + 1;
        card.post(process, new WorkRequest(local, from, remote, into, size));
    }

    /** The page gets a frame, with bytes of the process in it. */
    private void give(int process, int page) {
        int frame = random.nextInt(FRAME_COUNT);
        if (frames[process][page] != FREE || owners[frame] != FREE || leaving.contains(frame)) {
            return;
        }
        owners[frame] = process;
        frames[process][page] = frame;
        byte[] own = new byte[(int) PAGE];
        for (int i = 0; i < own.length; i++) {
            own[i] = (byte) (random.nextInt(64) * 2 + process);
        }
        card.machine().store(NONE, FRAMES + frame * PAGE, own);
        card.set(process + 1, MEMORY + page * PAGE, FRAMES + frame * PAGE, true);
    }

    /** The frame is free once the card is done with it. */
    private void remove(int process, int page) {
        int frame = frames[process][page];
        if (frame == FREE) {
            return;
        }
        frames[process][page] = FREE;
        leaving.add(frame);
        card.command(Command.remove(process + 1, MEMORY + page * PAGE, PAGE));
        for (int wait = 0; wait < 100 && !card.isDone(); wait++) {
            card.machine().runFor(FIRMWARE_PS);
        }
        assertTrue(card.isDone());
        leaving.remove(frame);
        owners[frame] = FREE;
    }

    private void answer() {
        for (FaultEvent fault : card.faults()) {
            boolean error = random.nextInt(6) == 0;
            if (!error) {
                int page = (int) ((fault.address() - MEMORY) / PAGE);
                give(fault.key() - 1, page);
                give(fault.key() - 1, Math.min(PAGES - 1, page + 1));
            }
            card.command(Command.resume(fault.token(), error));
        }
    }

    private void check() {
        for (int frame = 0; frame < FRAME_COUNT; frame++) {
            if (owners[frame] != FREE) {
                for (byte b : card.machine().load(NONE, FRAMES + frame * PAGE, (int) PAGE)) {
                    assertEquals(owners[frame], b & 1, "a byte of the other process");
                }
            }
        }
    }
}
