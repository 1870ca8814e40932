package svasim.models.dsa.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.models.MachineUnderTest.PASID;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import svasim.models.MachineUnderTest;
import svasim.models.dsa.config.Configs;
import svasim.models.dsa.config.DsaConfig;
import svasim.models.dsa.layout.Descriptor;
import svasim.models.dsa.layout.Opcode;
import svasim.models.dsa.layout.Status;
import svasim.pcie.tlp.Tlp;
import svasim.trace.Kind;
import svasim.trace.TraceListener;

/** Which descriptor when: order of the queue, entries, engines, and what they keep of addresses. */
class EnginesTest {
    private static final long SOURCE = 0x10_0000;
    private static final long DESTINATION = 0x20_0000;
    private static final int ROOM = 64 << 10;

    /** One engine that works on one descriptor at a time, with a queue of four. */
    private static final DsaConfig ONE_AT_A_TIME = Configs.oneEngine(Configs.sized(4));

    private final List<Long> done = new ArrayList<>();
    private final List<Tlp> sent = new ArrayList<>();

    private DsaUnderTest ready(DsaConfig config) {
        DsaUnderTest dsa = DsaUnderTest.ready(config);
        MachineUnderTest machine = dsa.machine();
        machine.map(PASID, SOURCE, ROOM);
        machine.map(PASID, DESTINATION, ROOM);
        machine.trace().add(listener());
        return dsa;
    }

    /** Notes the ends of descriptors by their numbers, and what the device sends. */
    private TraceListener listener() {
        return new TraceListener() {
            @Override
            public boolean wants(Kind kind) {
                return kind == Kind.WORK_DONE || kind == Kind.TLP_SENT;
            }

            @Override
            public void on(
                    long id,
                    long cause,
                    long timePs,
                    Kind kind,
                    int lane,
                    long a,
                    long b,
                    long c,
                    Object subject) {
                if (kind == Kind.WORK_DONE) {
                    done.add(c);
                } else if (subject instanceof Tlp tlp && tlp instanceof Tlp.TranslationRequest) {
                    sent.add(tlp);
                }
            }
        };
    }

    private static Descriptor.Builder noOp() {
        return Descriptor.builder(Opcode.NO_OP).flags(DsaUnderTest.flags(false));
    }

    @Test
    void shouldEndInTheOrderOfTheQueueWithOneAtATime() {
        DsaUnderTest dsa = ready(ONE_AT_A_TIME);
        dsa.submit(DsaUnderTest.move(SOURCE, DESTINATION, ROOM, true));
        dsa.submit(noOp());
        dsa.submit(DsaUnderTest.move(SOURCE, DESTINATION, 64, true));
        dsa.submit(noOp());
        dsa.machine().run();

        assertEquals(List.of(1L, 2L, 3L, 4L), done);
    }

    @Test
    void shouldLetAShortOneOvertakeALongOneWithTwoEngines() {
        DsaUnderTest dsa = ready(new DsaConfig());
        dsa.submit(DsaUnderTest.move(SOURCE, DESTINATION, ROOM, true));
        dsa.submit(noOp());
        dsa.machine().run();

        assertEquals(List.of(2L, 1L), done);
    }

    @Test
    void shouldTakeWhatFitsIntoTheQueueAndRefuseTheRest() {
        DsaUnderTest dsa = ready(ONE_AT_A_TIME);
        List<Long> records = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            records.add(dsa.submit(DsaUnderTest.move(SOURCE, DESTINATION, ROOM, true)));
        }
        dsa.machine().run();

        var counters = dsa.machine().statistics().counters();
        assertEquals(5, counters.get("dev.portal.accepted").value());
        assertEquals(2, counters.get("dev.portal.refused").value());
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L), done);
        assertEquals(Status.SUCCESS, dsa.record(records.get(4)).status());
        assertEquals(Status.NONE, dsa.record(records.get(5)).status());
    }

    @Test
    void shouldHaveRoomAgainOnceAnEngineHasTakenOne() {
        DsaUnderTest dsa = ready(ONE_AT_A_TIME);
        for (int i = 0; i < 7; i++) {
            dsa.submit(noOp());
        }
        dsa.machine().run();
        dsa.submit(noOp());
        dsa.machine().run();

        assertEquals(8, done.get(done.size() - 1));
    }

    @Test
    void shouldEndADrainOnlyAfterEveryEarlierDescriptorOfItsPasid() {
        DsaUnderTest dsa = ready(new DsaConfig());
        dsa.submit(DsaUnderTest.move(SOURCE, DESTINATION, ROOM, true));
        dsa.submit(Descriptor.builder(Opcode.DRAIN).flags(DsaUnderTest.flags(false)));
        dsa.submit(noOp());
        dsa.machine().run();

        assertTrue(done.indexOf(1L) < done.indexOf(2L), done.toString());
        assertTrue(done.indexOf(3L) < done.indexOf(2L), "a drain holds nothing up");
    }

    /** A rate is told of a device, not of an engine. */
    @Test
    void shouldMoveNoMoreThanItsPortPassesWithAllEngines() {
        DsaConfig config = new DsaConfig();
        DsaUnderTest dsa = ready(config);
        for (int i = 0; i < 2 * config.engines(); i++) {
            dsa.submit(DsaUnderTest.move(SOURCE, DESTINATION, ROOM, true));
        }
        long leastPs = config.bandwidth().transferPs(2L * config.engines() * ROOM);

        dsa.machine().runFor(leastPs - 1);
        assertTrue(done.size() < 2 * config.engines(), done.toString());
        dsa.machine().runFor(leastPs / 2);
        assertEquals(2 * config.engines(), done.size());
    }

    @Test
    void shouldShareTheWorkAmongItsEngines() {
        DsaUnderTest dsa = ready(new DsaConfig());
        for (int i = 0; i < 8; i++) {
            dsa.submit(noOp());
        }
        dsa.machine().run();

        for (int engine = 0; engine < 4; engine++) {
            String name = "dev.engine" + engine + ".descriptors";
            assertEquals(2, dsa.machine().statistics().counters().get(name).value());
        }
    }

    /** Those that come one by one, each to an idle device, take turns too. */
    @Test
    void shouldGiveEachEngineItsTurnWhenWorkIsRare() {
        DsaUnderTest dsa = ready(new DsaConfig());
        for (int i = 0; i < 8; i++) {
            dsa.carryOut(noOp());
        }

        for (int engine = 0; engine < 4; engine++) {
            String name = "dev.engine" + engine + ".descriptors";
            assertEquals(2, dsa.machine().statistics().counters().get(name).value(), name);
        }
    }

    @Test
    void shouldAskForEachPageOnceAndKeepItsTranslation() {
        DsaUnderTest dsa = ready(ONE_AT_A_TIME);
        dsa.carryOut(DsaUnderTest.move(SOURCE, DESTINATION, 4096, true));
        int first = sent.size();

        dsa.carryOut(DsaUnderTest.move(SOURCE + 64, DESTINATION + 64, 1024, true));

        assertEquals(3, first, "source, destination and record");
        assertEquals(first, sent.size());
    }

    @Test
    void shouldAskAgainAfterAnInvalidation() {
        DsaUnderTest dsa = ready(ONE_AT_A_TIME);
        dsa.carryOut(DsaUnderTest.move(SOURCE, DESTINATION, 4096, true));
        byte[] fresh = new byte[4096];
        new Random(9).nextBytes(fresh);
        dsa.machine().agent().unmap(PASID, SOURCE, MachineUnderTest.RID);
        dsa.machine().run();
        dsa.machine().map(PASID, SOURCE, 4096);
        dsa.machine().store(PASID, SOURCE, fresh);
        sent.clear();

        dsa.carryOut(DsaUnderTest.move(SOURCE, DESTINATION, 4096, true));

        assertEquals(1, sent.size());
        assertArrayEquals(fresh, dsa.machine().load(PASID, DESTINATION, 4096));
    }

    @Test
    void shouldKeepFourTranslationsForEachEngine() {
        DsaUnderTest dsa = ready(ONE_AT_A_TIME);
        for (int page = 0; page < 6; page++) {
            dsa.carryOut(
                    DsaUnderTest.move(SOURCE + page * 4096L, DESTINATION + page * 4096L, 64, true));
        }
        sent.clear();

        dsa.carryOut(DsaUnderTest.move(SOURCE, DESTINATION, 64, true));

        assertEquals(2, sent.size(), "the pages that were used longest ago");
    }
}
