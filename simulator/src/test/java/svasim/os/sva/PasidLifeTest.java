package svasim.os.sva;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.os.OsUnderTest;
import svasim.os.iommu.PasidEntry;
import svasim.os.iommu.PciDevice;
import svasim.os.iommu.PciPath;
import svasim.os.mm.Mm;
import svasim.trace.Kind;

/** One number on several devices, and what the trace is told of it. */
class PasidLifeTest {
    private OsUnderTest system;
    private PasidLives lives;
    private PasidLife life;
    private PasidEntry first;
    private PasidEntry second;
    private Mm mm;

    @BeforeEach
    void allocate() {
        system = OsUnderTest.plain();
        lives = new PasidLives(system.platform());
        mm = system.os().spaces().create("mm");
        life = lives.allocate(lives.space(0), 8, mm);
        first = entry("dev0", 0x0100);
        second = entry("dev1", 0x0200);
    }

    private PasidEntry entry(String name, int requesterId) {
        PciDevice device =
                system.os()
                        .addDevice(
                                name,
                                requesterId,
                                OsUnderTest.capable(20),
                                PciPath.INTEGRATED,
                                null);
        return new PasidEntry(device, life.pasid(), mm);
    }

    private List<String> states() {
        return system.recorder().pasidStates();
    }

    @Test
    void shouldBeCutOnlyWhenNoDeviceTranslates() {
        life.bound(first);
        life.bound(second);
        life.cut(first);
        assertEquals(PasidState.BOUND, life.state());
        life.cut(second);

        assertEquals(List.of("1:allocated", "1:bound", "1:cut"), states());
    }

    @Test
    void shouldBeDrainedOnlyWhenAllDevicesAre() {
        life.bound(first);
        life.bound(second);
        life.cut(first);
        life.drained(first);
        life.cut(second);
        assertEquals(PasidState.CUT, life.state());
        life.drained(second);

        assertEquals(PasidState.DRAINED, life.state());
    }

    @Test
    void shouldNotBeDrainedWhileAnotherDeviceIsBound() {
        life.bound(first);
        life.bound(second);
        life.cut(first);
        life.drained(first);

        assertEquals(PasidState.BOUND, life.state());
    }

    @Test
    void shouldTellEachDevice() {
        life.bound(first);
        life.bound(second);
        life.cut(second);

        var bound = system.recorder().of(Kind.BOUND);
        assertEquals(List.of(0x0100L, 0x0200L), bound.stream().map(seen -> seen.b()).toList());
        assertEquals(0x0200L, system.recorder().of(Kind.CUT).get(0).b());
        assertEquals(mm.id(), system.recorder().of(Kind.CUT).get(0).c());
    }

    @Test
    void shouldIgnoreWhatHappensToNumberThatWasFreedTooEarly() {
        life.bound(first);
        life.free();
        life.cut(first);
        life.drained(first);

        assertEquals(List.of("1:allocated", "1:bound", "1:freed"), states());
    }

    @Test
    void shouldTellAllocationAndFreeWithSpace() {
        life.free();

        assertEquals(0, system.recorder().of(Kind.PASID_ALLOCATED).get(0).c());
        assertEquals(1, system.recorder().of(Kind.PASID_FREED).get(0).a());
        assertEquals(0, lives.inUse());
    }

    @Test
    void shouldHaveAsManySpacesAsAreAskedFor() {
        assertNotNull(lives.allocate(lives.space(3), 8, mm));
        assertEquals(3, lives.space(3).id());
        assertEquals(2, lives.inUse());
    }

    @Test
    void shouldAllocateNothingBeyondLimit() {
        assertNull(lives.allocate(lives.space(0), 2, mm));
        assertEquals(1, system.recorder().of(Kind.PASID_ALLOCATED).size());
    }
}
