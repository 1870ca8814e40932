package svasim.machine.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import svasim.units.Picoseconds;
import svasim.units.Require;

class FaultConfigTest {
    private static final Picoseconds WHILE = Picoseconds.ofMicros(1);

    private static FaultConfig of(FaultKind what) {
        return new FaultConfig(what, "dsa0", null, null, null, null, null, null, null);
    }

    private static String refused(Runnable construction) {
        return assertThrows(Require.Violation.class, construction::run).component();
    }

    @Test
    void shouldStrikeTheFirstPacketOfAnyKindFromTheStart() {
        FaultConfig fault = of(FaultKind.LOST);

        assertEquals(PacketKind.ANY, fault.tlp());
        assertEquals(Way.UP, fault.way());
        assertEquals(1, fault.nth());
        assertEquals(1, fault.count());
        assertEquals(new Picoseconds(0), fault.time());
    }

    @Test
    void shouldStrikeCompletionsOnTheirWayDown() {
        FaultConfig fault =
                new FaultConfig(
                        FaultKind.POISONED,
                        "dsa0",
                        null,
                        PacketKind.COMPLETION,
                        null,
                        null,
                        null,
                        null,
                        null);

        assertEquals(Way.DOWN, fault.way());
    }

    @Test
    void shouldLeaveTheMomentToTheChoicesOfARun() {
        FaultConfig fault =
                new FaultConfig(
                        FaultKind.KILL,
                        "app",
                        "any step @ app",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null);

        assertTrue(fault.isChoice());
        assertEquals("step @ app", fault.moment());
        assertNull(fault.time());
        assertFalse(of(FaultKind.KILL).isChoice());
    }

    @Test
    void shouldTellATimeFromAMoment() {
        FaultConfig timed =
                new FaultConfig(FaultKind.LOST, "dsa0", "3us", null, null, null, null, null, null);
        FaultConfig other =
                new FaultConfig(
                        FaultKind.LOST, "dsa0", "work-done", null, null, null, null, null, null);

        assertEquals(Picoseconds.ofMicros(3), timed.time());
        assertNull(other.time());
    }

    @Test
    void shouldNeedAKindAndAPlace() {
        assertEquals("what", refused(() -> of(null)));
        assertEquals(
                "where",
                refused(
                        () ->
                                new FaultConfig(
                                        FaultKind.LOST,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null)));
    }

    @Test
    void shouldRefuseKeysThatWouldHaveNoEffect() {
        FaultKind reset = FaultKind.HOT_RESET;
        assertEquals("tlp", refused(() -> with(reset, PacketKind.ANY, null, null, null, null)));
        assertEquals("way", refused(() -> with(reset, null, Way.UP, null, null, null)));
        assertEquals("count", refused(() -> with(reset, null, null, 2, null, null)));
        assertEquals("rate", refused(() -> with(FaultKind.LOST, null, null, null, 1e-6, null)));
        assertEquals("lasts", refused(() -> with(FaultKind.LOST, null, null, null, null, WHILE)));
        assertEquals(
                "lasts", refused(() -> with(FaultKind.BIT_ERRORS, null, null, null, null, WHILE)));
        assertEquals("count", refused(() -> with(FaultKind.BIT_ERRORS, null, null, 3, 1e-6, null)));
    }

    @Test
    void shouldRefuseNumbersOutOfRange() {
        assertEquals(
                "rate", refused(() -> with(FaultKind.BIT_ERRORS, null, null, null, 2e-3, null)));
        assertEquals(
                "rate", refused(() -> with(FaultKind.BIT_ERRORS, null, null, null, 0.0, null)));
        assertEquals("count", refused(() -> with(FaultKind.LOST, null, null, 0, null, null)));
    }

    private static FaultConfig with(
            FaultKind what,
            PacketKind tlp,
            Way way,
            Integer count,
            Double rate,
            Picoseconds lasts) {
        return new FaultConfig(what, "dsa0", null, tlp, way, null, count, rate, lasts);
    }
}
