package svasim.os.sva;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The legal ways through the life of a PASID. */
class PasidStateTest {
    @ParameterizedTest
    @EnumSource
    void shouldNeverComeBackFromFreed(PasidState state) {
        assertFalse(PasidState.FREED.canBecome(state));
    }

    @ParameterizedTest
    @EnumSource
    void shouldReachFreedFromEveryOtherState(PasidState state) {
        assertEquals(state != PasidState.FREED, state.canBecome(PasidState.FREED));
    }

    @Test
    void shouldBeCutBeforeItIsDrained() {
        assertFalse(PasidState.BOUND.canBecome(PasidState.DRAINED));
        assertTrue(PasidState.CUT.canBecome(PasidState.DRAINED));
    }

    @Test
    void shouldBeBoundAgainAfterUnbind() {
        assertTrue(PasidState.DRAINED.canBecome(PasidState.BOUND));
    }
}
