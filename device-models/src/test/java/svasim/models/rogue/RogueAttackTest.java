package svasim.models.rogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.models.rogue.RogueUnderTest.submit;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import svasim.machine.IommuConfig.Unit;
import svasim.models.rogue.RogueWork.Operation;
import svasim.os.program.Step;
import svasim.units.Picoseconds;

/** What each attack comes to below each kind of IOMMU. */
class RogueAttackTest {
    private static final int UNKNOWN_REQUESTER = 0x4321;

    private static RogueUnderTest below(Unit unit) {
        return new RogueUnderTest(unit);
    }

    @ParameterizedTest
    @EnumSource(names = {"VTD", "SMMUV3", "AMDVI"})
    void shouldReadPhysicalMemoryWithForgedTranslationsWhileAtsIsOn(Unit unit) {
        RogueUnderTest rogue =
                below(unit)
                        .attack(
                                submit(Attack.FORGED_TRANSLATION, Operation.READ, "theft"),
                                new Step.Await("theft"));

        assertEquals("data", rogue.status("theft"));
        assertEquals(RogueUnderTest.PAGE.bytes(), rogue.count("rogue0.leaked"));
    }

    @ParameterizedTest
    @EnumSource(names = {"VTD", "SMMUV3", "AMDVI"})
    void shouldRefuseForgedTranslationsOfAnUntrustedDevice(Unit unit) {
        RogueUnderTest rogue =
                below(unit)
                        .untrusted()
                        .attack(
                                submit(Attack.FORGED_TRANSLATION, Operation.READ, "theft"),
                                new Step.Await("theft"));

        assertEquals("unsupported request", rogue.status("theft"));
        assertEquals(0, rogue.count("rogue0.leaked"));
    }

    @ParameterizedTest
    @EnumSource(names = {"VTD", "SMMUV3", "AMDVI"})
    void shouldAbortForgedTranslationsAtAPortThatBlocksThem(Unit unit) {
        RogueUnderTest rogue =
                below(unit)
                        .blockingTranslations()
                        .attack(
                                submit(Attack.FORGED_TRANSLATION, Operation.READ, "theft"),
                                new Step.Await("theft"));

        assertEquals("completer abort", rogue.status("theft"));
    }

    @ParameterizedTest
    @EnumSource(names = {"VTD", "SMMUV3", "AMDVI"})
    void shouldRefusePasidsThatAreNotOfTheDevice(Unit unit) {
        RogueUnderTest rogue =
                below(unit)
                        .attack(
                                submit(Attack.FOREIGN_PASID, Operation.READ, null, 8, "theft"),
                                new Step.Await("theft"));

        assertFalse(rogue.status("theft").equals("data"));
        assertEquals(0, rogue.count("rogue0.leaked"));
    }

    @ParameterizedTest
    @EnumSource(names = {"VTD", "SMMUV3", "AMDVI"})
    void shouldNotLetAPretendedRequesterPastAPortThatValidatesSources(Unit unit) {
        RogueUnderTest rogue =
                below(unit)
                        .attack(
                                submit(
                                        Attack.FORGED_TRANSLATION,
                                        Operation.READ,
                                        UNKNOWN_REQUESTER,
                                        1,
                                        "theft"),
                                new Step.Await("theft"));

        assertEquals("no answer", rogue.status("theft"));
        assertEquals(0, rogue.count("rogue0.leaked"));
    }

    /** The page is nobody's any more, and nothing but the device knows that it has kept it. */
    @ParameterizedTest
    @EnumSource(names = {"VTD", "SMMUV3", "AMDVI"})
    void shouldUseATranslationAfterItsInvalidation(Unit unit) {
        RogueUnderTest rogue =
                below(unit)
                        .attack(
                                submit(Attack.KEEP_TRANSLATION, Operation.READ, "keep"),
                                new Step.Await("keep"),
                                new Step.Unmap("page"),
                                submit(Attack.STALE_TRANSLATION, Operation.READ, "theft"),
                                new Step.Await("theft"));

        assertEquals("data", rogue.status("keep"));
        assertEquals("data", rogue.status("theft"));
        assertEquals(RogueUnderTest.PAGE.bytes(), rogue.count("rogue0.leaked"));
    }

    @ParameterizedTest
    @EnumSource(names = {"VTD", "SMMUV3", "AMDVI"})
    void shouldSurviveStrayPacketsOfEveryKind(Unit unit) {
        for (Integer requester : new Integer[] {null, UNKNOWN_REQUESTER}) {
            RogueUnderTest rogue =
                    below(unit)
                            .attack(
                                    submit(
                                            Attack.STRAY_PACKETS,
                                            Operation.READ,
                                            requester,
                                            30,
                                            "noise"),
                                    new Step.Await("noise"),
                                    new Step.Sleep(Picoseconds.ofMicros(500)));

            assertEquals("sent", rogue.status("noise"));
            assertTrue(rogue.count("rogue0.raw.sent") >= 30);
        }
    }

    /** It answers the first two, and nothing else: the third is treated as it should be. */
    @ParameterizedTest
    @EnumSource(names = {"VTD", "SMMUV3", "AMDVI"})
    void shouldCompleteInvalidationsAndGoOnToUseTheirPages(Unit unit) {
        RogueUnderTest rogue =
                below(unit)
                        .attack(
                                submit(Attack.KEEP_TRANSLATION, Operation.READ, "keep"),
                                new Step.Await("keep"),
                                submit(Attack.EARLY_ANSWERS, Operation.READ, null, 2, "hasty"),
                                new Step.Await("hasty"),
                                new Step.Unmap("page"),
                                submit(Attack.STALE_TRANSLATION, Operation.READ, "theft"),
                                new Step.Await("theft"));

        assertEquals("data", rogue.status("theft"));
        assertTrue(rogue.count("rogue0.raw.sent") >= 1);
    }

    @ParameterizedTest
    @EnumSource(names = {"VTD", "SMMUV3", "AMDVI"})
    void shouldGetAnAnswerToEachPageRequestOfASmallFlood(Unit unit) {
        RogueUnderTest rogue =
                below(unit)
                        .attack(
                                submit(
                                        Attack.PAGE_REQUEST_FLOOD,
                                        Operation.READ,
                                        null,
                                        100,
                                        "flood"),
                                new Step.Await("flood"),
                                new Step.Sleep(Picoseconds.ofMicros(5_000)));

        assertEquals("sent", rogue.status("flood"));
        assertEquals(100, rogue.count("rogue0.page.answers"));
    }

    @ParameterizedTest
    @EnumSource(names = {"VTD", "SMMUV3", "AMDVI"})
    void shouldNotGetForgedInvalidationCompletionsPastAPortThatValidatesSources(Unit unit) {
        RogueUnderTest rogue =
                below(unit)
                        .attack(
                                submit(
                                        Attack.FORGED_INVALIDATION_COMPLETIONS,
                                        Operation.READ,
                                        UNKNOWN_REQUESTER,
                                        64,
                                        "lie"),
                                new Step.Await("lie"),
                                new Step.Unmap("page"));

        assertEquals("sent", rogue.status("lie"));
        assertEquals(64, rogue.count("rogue0.raw.sent"));
    }

    /** Completions that answer nothing are dropped where they end. */
    @ParameterizedTest
    @EnumSource(names = {"VTD", "SMMUV3", "AMDVI"})
    void shouldSurviveCompletionsThatNobodyWaitsFor(Unit unit) {
        RogueUnderTest rogue =
                below(unit)
                        .attack(
                                submit(Attack.FORGED_COMPLETIONS, Operation.READ, null, 300, "lie"),
                                new Step.Await("lie"),
                                new Step.Sleep(Picoseconds.ofMicros(100)));

        assertEquals("sent", rogue.status("lie"));
        assertEquals(300, rogue.count("rogue0.raw.sent"));
    }
}
