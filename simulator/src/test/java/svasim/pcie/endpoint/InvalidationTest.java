package svasim.pcie.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.pcie.endpoint.EndpointRig.PA;
import static svasim.pcie.endpoint.EndpointRig.PASID;
import static svasim.pcie.endpoint.EndpointRig.RW;
import static svasim.pcie.endpoint.EndpointRig.VA;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import svasim.pcie.fabric.DropReason;
import svasim.pcie.link.LinkConfig;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.pcie.tlp.TranslationEntry;
import svasim.units.Picoseconds;

/** What a function does with Invalidate Requests. */
class InvalidationTest {
    private static final long LONG_PS = 3_000_000;

    private final EndpointRig rig = EndpointRig.ready();

    private void warm() {
        rig.read(PASID, VA, 8);
        rig.run();
    }

    @Test
    void shouldForgetThePageAndComplete() {
        warm();
        rig.agent.invalidate(5, PASID, VA, 12);
        rig.run();
        rig.read(PASID, VA, 8);
        rig.run();

        assertEquals(2, rig.agent.translations.size());
        Tlp.InvalidateCompletion completion = rig.agent.invalidated.get(0);
        assertEquals(1 << 5, completion.itags());
        assertEquals(1, completion.completionCount());
        assertEquals(EndpointRig.AGENT, completion.destinationId());
    }

    @Test
    void shouldCompleteWhatItDoesNotHold() {
        rig.agent.invalidate(0, PASID, VA, 12);
        rig.agent.invalidate(31, PasidPrefix.NONE, 0, TranslationEntry.EVERYTHING);
        rig.run();

        assertEquals(
                List.of(1, 1 << 31),
                rig.agent.invalidated.stream().map(Tlp.InvalidateCompletion::itags).toList());
    }

    @Test
    void shouldLeaveOtherPasidsAndPagesAlone() {
        warm();
        rig.agent.invalidate(0, PASID + 1, VA, 12);
        rig.agent.invalidate(1, PASID, VA + 4096, 12);
        rig.agent.invalidate(2, PasidPrefix.NONE, VA, 12);
        rig.run();
        warm();

        assertEquals(1, rig.agent.translations.size());
    }

    @Test
    void shouldForgetALargePageWhenAPartOfItIsInvalidated() {
        rig.agent.map(PASID, 0x4000_0000L, 0x8000_0000L, 21, RW);
        rig.read(PASID, 0x4000_0000L, 8);
        rig.run();
        rig.agent.invalidate(0, PASID, 0x4010_0000L, 12);
        rig.run();
        rig.read(PASID, 0x4000_0000L, 8);
        rig.run();

        assertEquals(2, rig.agent.translations.size());
    }

    @Test
    void shouldForgetEveryPasidOnGlobalInvalidateOnlyIfItCan() {
        for (boolean supported : new boolean[] {false, true}) {
            var ats = new EndpointConfig.Ats(null, null, supported, null);
            EndpointRig global =
                    new EndpointRig(new EndpointConfig(null, ats, null, null, null))
                            .enabled()
                            .mapped();
            global.read(PASID, VA, 8);
            global.run();
            global.agent.invalidate(0, 1, VA, 12, true);
            global.run();
            global.read(PASID, VA, 8);
            global.run();

            assertEquals(supported ? 2 : 1, global.agent.translations.size());
        }
    }

    private static EndpointRig withLateAnswers(long latePs) {
        var ats = new EndpointConfig.Ats(null, null, null, new Picoseconds(latePs));
        return new EndpointRig(new EndpointConfig(null, ats, null, null, null)).enabled().mapped();
    }

    @Test
    void shouldKeepATranslationThatAnInvalidationOvertookIfItHasTheErratum() {
        EndpointRig late = withLateAnswers(LONG_PS);
        late.agent.hold = true;
        late.read(PASID, VA, 8);
        late.runFor(LONG_PS);
        late.agent.answer(late.agent.translations.get(0));
        late.runFor(LONG_PS / 2);
        late.agent.invalidate(0, PASID, VA, 12);
        late.run();
        late.read(PASID, VA, 8);
        late.run();

        assertEquals(1, late.agent.invalidated.size());
        assertEquals(1, late.agent.translations.size(), "the second read hits");
    }

    @Test
    void shouldForgetSuchATranslationWhenItIsToldAgain() {
        EndpointRig late = withLateAnswers(LONG_PS);
        late.read(PASID, VA, 8);
        late.runFor(LONG_PS);
        late.agent.invalidate(0, PASID, VA, 12);
        late.run();
        late.agent.invalidate(1, PASID, VA, 12);
        late.run();
        late.read(PASID, VA, 8);
        late.run();

        assertEquals(2, late.agent.translations.size());
    }

    @Test
    void shouldLoseAnswersThatStandInTheQueueWithAReset() {
        EndpointRig late = withLateAnswers(LONG_PS);
        late.read(PASID, VA, 8);
        late.runFor(LONG_PS);
        late.function.reset();
        late.run();

        assertEquals(0, late.function.waitingFor().length(), late.function.waitingFor());
    }

    @Test
    void shouldRoundUpToTheSmallestTranslationUnit() {
        rig.ats(false);
        rig.control(0x000F, 6, 0x8004);
        rig.agent.map(PASID, 0x10_0000, 0x20_0000, 16, RW);
        rig.read(PASID, 0x10_0000, 8);
        rig.run();
        rig.agent.invalidate(0, PASID, 0x10_F000, 12);
        rig.run();
        rig.read(PASID, 0x10_0000, 8);
        rig.run();

        assertEquals(2, rig.agent.translations.size());
    }

    @Test
    void shouldWaitForReadsThatUseTheTranslation() {
        warm();
        rig.read(PASID, VA, 4096);
        rig.runFor(new AtcConfig().lookup().value());
        int readsSent = rig.sent(Tlp.MemoryRead.class).size();
        assertTrue(readsSent > 1, "reads are under way");
        rig.agent.invalidate(3, PASID, VA, 12);
        rig.run();

        int completion = rig.sent.indexOf(rig.agent.invalidated.get(0));
        long before =
                rig.sent.subList(0, completion).stream()
                        .filter(tlp -> tlp instanceof Tlp.Completion c && c.data().length > 8)
                        .mapToLong(Tlp::payloadBytes)
                        .sum();
        assertEquals(4096, before, "all data came first");
    }

    @Test
    void shouldPushWritesAheadOfTheCompletion() {
        warm();
        rig.write(PASID, VA, new byte[8]);
        rig.run();
        rig.write(PASID, VA, new byte[4096]);
        rig.agent.invalidate(3, PASID, VA, 12);
        rig.run();

        List<Tlp> posted =
                rig.sent.stream()
                        .filter(
                                tlp ->
                                        tlp instanceof Tlp.MemoryWrite
                                                || tlp instanceof Tlp.InvalidateCompletion)
                        .toList();
        assertEquals(18, posted.size());
        assertEquals(rig.agent.invalidated.get(0), posted.get(17));
    }

    @Test
    void shouldDiscardATranslationThatAnInvalidationOvertakes() {
        rig.agent.hold = true;
        rig.read(PASID, VA, 8);
        rig.runFor(LONG_PS);
        rig.agent.invalidate(0, PASID, VA, 12);
        rig.agent.answer(rig.agent.translations.get(0));
        rig.runFor(LONG_PS);

        assertEquals(1, rig.agent.invalidated.size(), "does not wait for translations");
        assertEquals(0, rig.sent(Tlp.MemoryRead.class).size());
        assertEquals(2, rig.agent.translations.size(), "asks again");
        assertEquals(1, rig.counter("ats.discarded"));

        rig.agent.map(PASID, VA, 0x9000, 12, RW);
        rig.agent.answer(rig.agent.translations.get(1));
        rig.run();
        assertEquals(0x9000, rig.sent(Tlp.MemoryRead.class).get(0).address());
    }

    @Test
    void shouldNotJoinARequestWhoseAnswerIsStale() {
        rig.agent.hold = true;
        rig.read(PASID, VA, 8);
        rig.runFor(LONG_PS);
        rig.agent.invalidate(0, PASID, VA, 12);
        rig.runFor(LONG_PS);
        rig.read(PASID, VA, 8);
        rig.runFor(LONG_PS);

        assertEquals(2, rig.agent.translations.size());
    }

    @Test
    void shouldStallTheLinkWhenItsQueueIsFull() {
        var ats = new EndpointConfig.Ats(null, 1, null, null);
        EndpointRig shallow =
                new EndpointRig(new EndpointConfig(null, ats, null, null, null)).enabled().mapped();
        for (int itag = 0; itag < 5; itag++) {
            shallow.agent.invalidate(itag, PASID, VA, 12);
        }
        shallow.run();

        assertEquals(5, shallow.agent.invalidated.size());
        assertEquals(16, shallow.agent.invalidated.get(4).itags());
    }

    @Test
    void shouldTakeItsProcessingTime() {
        rig.agent.invalidate(0, PASID, VA, 12);
        rig.run();

        Tlp request = rig.sent.get(0);
        Tlp completion = rig.sent.get(1);
        assertTrue(request instanceof Tlp.InvalidateRequest);
        assertTrue(completion instanceof Tlp.InvalidateCompletion);
        long onTheWirePs = 4571 + LinkConfig.of(3, 8).flight().value();
        assertEquals(
                onTheWirePs + new AtcConfig().invalidate().value(),
                rig.sentPs.get(1) - rig.sentPs.get(0));
    }

    @Test
    void shouldDropAnInvalidationOfAPasidThatItCannotHave() {
        var narrow = new EndpointConfig.Pasid(null, 8, null, null);
        EndpointRig eight =
                new EndpointRig(new EndpointConfig(narrow, null, null, null, null)).enabled();
        eight.agent.invalidate(0, 256, VA, 12);
        eight.run();

        assertEquals(List.of(DropReason.UNSUPPORTED_REQUEST), eight.drops);
        assertEquals(List.of(), eight.agent.invalidated);
    }

    /**
     * Pages are remapped while accesses run and packets are late: once the invalidation of a page
     * is completed, no access reaches the frame that it had.
     */
    @Property(tries = 200, seed = "1")
    void shouldNeverTouchAFrameAfterItsInvalidationIsCompleted(
            @ForAll @Size(min = 10, max = 60) List<@IntRange(max = 15) Integer> plan,
            @ForAll @Size(min = 64, max = 64) List<@IntRange(max = 3) Integer> lateness) {
        EndpointRig race =
                new EndpointRig(
                                new EndpointConfig(),
                                LinkConfig.of(3, 8),
                                (site, occurrence, lane, options) ->
                                        lateness.get((int) (occurrence % 64)) == 0 ? 1 : 0)
                        .enabled();
        Remapping remapping = new Remapping(race);
        for (int step : plan) {
            remapping.step(step);
        }
        race.run();

        assertEquals(List.of(), remapping.touchedDead());
        assertEquals(remapping.invalidations, race.agent.invalidated.size());
    }

    /** Two pages that move from frame to frame. */
    private static final class Remapping {
        private static final int PAGES = 2;

        private final EndpointRig rig;
        private final long[] frames = new long[PAGES];
        private final List<Set<Long>> goneByItag = new ArrayList<>();
        private final List<String> dead = new ArrayList<>();
        private final Set<String> seenDead = new TreeSet<>();
        private long nextFrame = 0x10_0000;
        int invalidations;

        Remapping(EndpointRig rig) {
            this.rig = rig;
            for (int page = 0; page < PAGES; page++) {
                remap(page);
            }
            rig.agent.whenInvalidated = this::completed;
        }

        void step(int step) {
            int page = step % PAGES;
            switch (step / PAGES) {
                case 0 -> rig.read(PASID, VA + page * 4096, 4096);
                case 1 -> rig.write(PASID, VA + page * 4096, new byte[700]);
                case 2 -> rig.read(PASID, VA + page * 4096, 8);
                case 3 -> invalidate(page);
                default -> rig.runFor(step * 40_000L);
            }
        }

        private void invalidate(int page) {
            if (invalidations < 32) {
                long old = frames[page];
                remap(page);
                goneByItag.add(Set.of(old));
                rig.agent.invalidate(invalidations++, PASID, VA + page * 4096, 12);
            }
        }

        private void remap(int page) {
            frames[page] = nextFrame;
            nextFrame += 4096;
            rig.agent.map(PASID, VA + page * 4096, frames[page], 12, RW);
        }

        /** Marks where in the list of accesses the frame died. */
        private void completed() {
            int itags = rig.agent.invalidated.get(rig.agent.invalidated.size() - 1).itags();
            int itag = Integer.numberOfTrailingZeros(itags);
            for (long frame : goneByItag.get(itag)) {
                dead.add(frame + "@" + rig.memoryAccesses.size());
            }
        }

        Set<String> touched() {
            for (String death : dead) {
                String[] parts = death.split("@");
                long frame = Long.parseLong(parts[0]);
                List<String> after =
                        rig.memoryAccesses.subList(
                                Integer.parseInt(parts[1]), rig.memoryAccesses.size());
                for (String access : after) {
                    long address = Long.parseLong(access.split(" ")[1], 16);
                    if (address >>> 12 == frame >>> 12) {
                        seenDead.add(access);
                    }
                }
            }
            return seenDead;
        }

        List<String> touchedDead() {
            return List.copyOf(touched());
        }
    }

    @Test
    void shouldKeepUsesOfTheOldFrameBeforeTheCompletion() {
        warm();
        rig.agent.map(PASID, VA, 0x9000, 12, RW);
        rig.write(PASID, VA, (byte) 1);
        rig.agent.invalidate(0, PASID, VA, 12);
        List<Integer> accessesAtCompletion = new ArrayList<>();
        rig.agent.whenInvalidated = () -> accessesAtCompletion.add(rig.memoryAccesses.size());
        rig.run();
        rig.write(PASID, VA, (byte) 2);
        rig.run();

        int then = accessesAtCompletion.get(0);
        List<String> after = rig.memoryAccesses.subList(then, rig.memoryAccesses.size());
        assertEquals(List.of("DMA_WRITE 9000"), after);
        assertEquals(2, rig.memory.readByte(0x9000));
        assertTrue(rig.memoryAccesses.get(0).endsWith(Long.toHexString(PA)));
    }
}
