package svasim.pcie.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.pcie.endpoint.EndpointRig.PA;
import static svasim.pcie.endpoint.EndpointRig.PASID;
import static svasim.pcie.endpoint.EndpointRig.RW;
import static svasim.pcie.endpoint.EndpointRig.VA;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import svasim.pcie.config.AtsCapability;
import svasim.pcie.fabric.DropReason;
import svasim.pcie.tlp.Attributes;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.pcie.tlp.TranslationEntry;

/** Invalidate Requests and their completions. */
interface InvalidationContract extends FunctionUnderTest {
    int OTHER = 7;
    long SOON_PS = 3_000_000;

    private static void warm(EndpointRig rig) {
        rig.read(PASID, VA, 8);
        rig.run();
    }

    /** Whether an access to the page finds its translation. */
    private static boolean holds(EndpointRig rig, int pasid, long address) {
        int before = rig.agent.translations.size();
        rig.read(pasid, address, 8);
        rig.run();
        return rig.agent.translations.size() == before;
    }

    private static List<Integer> completed(EndpointRig rig) {
        return rig.agent.invalidated.stream().map(Tlp.InvalidateCompletion::itags).toList();
    }

    /** 10.3.1 and 2: thirty-two requests may be outstanding, each with a tag and a bit. */
    @Test
    default void shouldCompleteEachOfThirtyTwoTags() {
        EndpointRig rig = ready();
        for (int itag = 0; itag < 32; itag++) {
            rig.agent.invalidate(itag, PASID, VA, 12);
        }
        rig.run();

        assertEquals(IntStream.range(0, 32).mapToObj(i -> 1 << i).toList(), completed(rig));
        assertTrue(
                rig.agent.invalidated.stream()
                        .allMatch(done -> done.destinationId() == EndpointRig.AGENT));
    }

    /** 10.3.1: the range is that of the size code, and all of it goes. */
    @ParameterizedTest
    @CsvSource({"12, 4096, true", "13, 4096, false", "13, 8192, true", "21, 8192, false"})
    default void shouldForgetTheRangeAndNothingBeyondIt(int shift, long distance, boolean held) {
        EndpointRig rig = ready();
        long start = VA & -1L << 13;
        rig.agent.map(PASID, start, PA, 12, RW);
        rig.agent.map(PASID, start + distance, PA + 0x100_0000, 12, RW);
        holds(rig, PASID, start);
        holds(rig, PASID, start + distance);
        rig.agent.invalidate(0, PASID, start, shift);
        rig.run();

        assertEquals(held, holds(rig, PASID, start + distance));
        assertEquals(false, holds(rig, PASID, start));
    }

    /** 10.3.1: all ones with a zero on top is the whole address space. */
    @Test
    default void shouldForgetEverythingOfThePasid() {
        EndpointRig rig = ready();
        rig.agent.map(OTHER, VA, PA, 12, RW);
        warm(rig);
        holds(rig, OTHER, VA);
        rig.agent.invalidate(0, PASID, 0, TranslationEntry.EVERYTHING);
        rig.run();

        assertEquals(true, holds(rig, OTHER, VA));
        assertEquals(false, holds(rig, PASID, VA));
    }

    /** 10.3.8: without a prefix, a request is about translations that were made without one. */
    @Test
    default void shouldTellNoPasidFromPasidZero() {
        EndpointRig rig = ready();
        rig.agent.map(PasidPrefix.NONE, VA, PA, 12, RW);
        rig.agent.map(0, VA, PA, 12, RW);
        holds(rig, PasidPrefix.NONE, VA);
        holds(rig, 0, VA);
        rig.agent.invalidate(0, PasidPrefix.NONE, VA, 12);
        rig.run();

        assertEquals(true, holds(rig, 0, VA));
        assertEquals(false, holds(rig, PasidPrefix.NONE, VA));
    }

    /** 10.3.8: Global Invalidate means every PASID, if the capability says so. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    default void shouldTakeGlobalInvalidateOnlyIfItSaysSo(boolean supported) {
        EndpointRig rig =
                ready(FunctionUnderTest.with(new EndpointConfig.Ats(true, 32, supported, null)));
        warm(rig);
        rig.agent.invalidate(0, OTHER, VA, 12, true);
        rig.run();

        assertEquals(!supported, holds(rig, PASID, VA));
    }

    /** 10.3.8: a PASID that the function cannot have is an unsupported request. */
    @Test
    default void shouldDropAPasidThatIsTooWide() {
        var narrow = new EndpointConfig.Pasid(null, 8, null, null);
        EndpointRig rig = rig(new EndpointConfig(narrow, null, null, null, null)).enabled();
        rig.agent.invalidate(0, 256, VA, 12);
        rig.run();

        assertEquals(List.of(DropReason.UNSUPPORTED_REQUEST), rig.drops);
        assertEquals(List.of(), completed(rig));
    }

    /** 10.3.2: a function that sends in several traffic classes completes in each, and says so. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8})
    default void shouldCompleteOnceInEachTrafficClass(int count) {
        var limits =
                new EndpointConfig.Limits(null, null, null, null, null, null, null, count, null);
        EndpointRig rig = ready(new EndpointConfig(null, null, null, limits, null));
        rig.agent.invalidate(9, PASID, VA, 12);
        rig.run();

        List<Tlp.InvalidateCompletion> got = rig.agent.invalidated;
        assertEquals(
                IntStream.range(0, count).boxed().toList(),
                got.stream().map(done -> done.attributes().trafficClass()).toList());
        assertTrue(got.stream().allMatch(done -> done.completionCount() == count));
        assertTrue(got.stream().allMatch(done -> done.itags() == 1 << 9));
    }

    /** 10.3.3: reads that use the translation have all their data first. */
    @Test
    default void shouldCompleteOnlyWhenReadsThatUseItAreAnswered() {
        EndpointRig rig = ready();
        warm(rig);
        rig.read(PASID, VA, 4096);
        rig.runFor(new AtcConfig().lookup().value());
        rig.agent.invalidate(0, PASID, VA, 12);
        rig.run();

        int done = rig.sent.indexOf(rig.agent.invalidated.get(0));
        assertTrue(
                rig.sent.subList(done, rig.sent.size()).stream()
                        .noneMatch(Tlp.Completion.class::isInstance));
    }

    /** 10.3.6: writes that use it are ahead, and the completion may not pass them. */
    @Test
    default void shouldCompleteBehindWritesThatUseIt() {
        EndpointRig rig = ready();
        warm(rig);
        rig.write(PASID, VA, new byte[4096]);
        rig.runFor(new AtcConfig().lookup().value());
        rig.agent.invalidate(0, PASID, VA, 12);
        rig.run();

        Tlp.InvalidateCompletion done = rig.agent.invalidated.get(0);
        assertEquals(Attributes.DEFAULT, done.attributes());
        assertEquals(done, rig.sent.get(rig.sent.size() - 1));
        assertEquals(16, rig.sent(Tlp.MemoryWrite.class).size());
    }

    /** 10.3.3: an answer that was under way is not used, nor kept. */
    @Test
    default void shouldAskAnewForWhatAnInvalidationOvertakes() {
        EndpointRig rig = ready();
        rig.agent.hold = true;
        rig.read(PASID, VA, 8);
        rig.runFor(SOON_PS);
        rig.agent.invalidate(0, PASID, VA, 12);
        rig.agent.answer(rig.agent.translations.get(0));
        rig.runFor(SOON_PS);

        assertEquals(List.of(1), completed(rig), "does not wait for translations");
        assertEquals(0, rig.sent(Tlp.MemoryRead.class).size());
        assertEquals(2, rig.agent.translations.size());
    }

    /** 10.3.3: that holds for every part of the range that the answer turns out to have. */
    @Test
    default void shouldAskAnewForALargePageOfWhichAPartWasInvalidated() {
        EndpointRig rig = ready();
        rig.agent.map(PASID, VA & -1L << 21, 0x4000_0000L, 21, RW);
        rig.agent.hold = true;
        rig.read(PASID, VA, 8);
        rig.runFor(SOON_PS);
        rig.agent.invalidate(0, PASID, VA ^ 1 << 20, 12);
        rig.agent.answer(rig.agent.translations.get(0));
        rig.runFor(SOON_PS);

        assertEquals(2, rig.agent.translations.size());
    }

    /** 10.3.3: and for pages that were asked for ahead. */
    @Test
    default void shouldAskAnewWhenAPageAheadWasInvalidated() {
        EndpointRig rig = ready(FunctionUnderTest.with(FunctionUnderTest.ahead(3)));
        rig.agent.map(PASID, VA + 8192, PA + 8192, 12, RW);
        rig.agent.hold = true;
        rig.read(PASID, VA, 8);
        rig.runFor(SOON_PS);
        rig.agent.invalidate(0, PASID, VA + 8192, 12);
        rig.agent.answer(rig.agent.translations.get(0));
        rig.runFor(SOON_PS);

        assertEquals(2, rig.agent.translations.size());
    }

    /** 10.3.8: an answer that holds for all PASIDs goes with an invalidation of any. */
    @Test
    default void shouldAskAnewForAGlobalEntryThatAnotherPasidsInvalidationMeets() {
        EndpointRig rig = ready();
        rig.agent.map(PASID, VA, PA, 12, RW | TranslationEntry.GLOBAL);
        rig.agent.hold = true;
        rig.read(PASID, VA, 8);
        rig.runFor(SOON_PS);
        rig.agent.invalidate(0, OTHER, VA, 12);
        rig.agent.answer(rig.agent.translations.get(0));
        rig.runFor(SOON_PS);

        assertEquals(2, rig.agent.translations.size());
    }

    /** 10.3.4: requests are taken in while translations are outstanding, however many. */
    @Test
    default void shouldNotWaitForItsOwnRequests() {
        EndpointRig rig = ready();
        rig.agent.hold = true;
        for (int page = 0; page < 64; page++) {
            rig.read(PASID, VA + page * 4096L, 8);
        }
        rig.runFor(SOON_PS);
        rig.agent.invalidate(0, PASID, 0, TranslationEntry.EVERYTHING);
        rig.runFor(SOON_PS);

        assertEquals(List.of(1), completed(rig));
    }

    /** 10.3.5 and 10.5.1.2: as many as the queue depth are taken, then the link stalls. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 31, 32})
    default void shouldTakeAsManyAsItsQueueIsDeep(int depth) {
        EndpointRig rig =
                ready(FunctionUnderTest.with(new EndpointConfig.Ats(true, depth, null, null)));
        for (int itag = 0; itag < 32; itag++) {
            rig.agent.invalidate(itag, PASID, VA, 12);
        }
        rig.run();

        assertEquals(32, completed(rig).size(), "all in the end");
    }

    /** 10.3.1: ranges below the smallest translation unit are rounded up. */
    @Test
    default void shouldRoundUpToItsUnit() {
        EndpointRig rig = rig(new EndpointConfig()).pasid(true);
        unit(rig, 4);
        rig.agent.map(PASID, VA & -1L << 16, 0x4000_0000L, 16, RW);
        warm(rig);
        rig.agent.invalidate(0, PASID, VA ^ 1 << 15, 12);
        rig.run();

        assertEquals(false, holds(rig, PASID, VA));
    }

    /** Enables ATS with a unit, which a virtual function has from its physical one. */
    private static void unit(EndpointRig rig, int code) {
        int register = AtsCapability.CONTROL;
        int enable = AtsCapability.ENABLE;
        var shared = rig.physical.configuration();
        shared.write(shared.findExtended(AtsCapability.ID) + register, 2, enable | code);
        rig.control(AtsCapability.ID, register, enable | code);
    }

    /** 10.3.7: a function in reset may lose a request; afterwards it holds nothing. */
    @Test
    default void shouldLoseInvalidationsWithAReset() {
        EndpointRig rig = ready();
        warm(rig);
        rig.agent.invalidate(0, PASID, VA, 12);
        rig.runFor(1_000);
        rig.function.reset();
        rig.run().enabled();

        assertEquals(false, holds(rig, PASID, VA));
    }

    /** 10.2.3: the bytes of a completion are those of the wire. */
    @Test
    default void shouldReadEntriesMostSignificantByteFirst() {
        byte[] data = ByteBuffer.allocate(8).putLong(PA | RW).array();
        var answer = new TranslationAnswer(VA, data);

        assertEquals(PA, TranslationEntry.base(answer.entryFor(VA + 4095)));
        assertEquals(TranslationAnswer.NO_ENTRY, answer.entryFor(VA + 4096));
    }
}
