package svasim.os.mm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import svasim.cpu.Architecture;
import svasim.os.OsUnderTest;
import svasim.os.defect.Defect;
import svasim.paging.Access;

/** Tags in addresses of programs, and who may have them beside devices. */
class TaggedAddressesTest {
    private static final long VA = 0x7f00_1234_5000L;
    private static final long ALL_ONES = -1L;

    private OsUnderTest system;
    private Mm mm;

    @BeforeEach
    void plain() {
        use(new OsUnderTest.Setup());
    }

    private void use(OsUnderTest.Setup setup) {
        system = setup.build();
        mm = create("mm");
    }

    private Mm create(String name) {
        Mm made = system.os().spaces().create(name);
        made.getUsers(system.platform().references().node("user of " + name));
        return made;
    }

    @ParameterizedTest
    @CsvSource({
        "NONE, 0000000000000000",
        "LAM_U48, 7fff000000000000",
        "LAM_U57, 7e00000000000000",
        "TBI, ff00000000000000"
    })
    void shouldIgnoreTheBitsOfTheScheme(AddressTags scheme, String bits) {
        long mask = Long.parseUnsignedLong(bits, 16);

        assertEquals(VA | mask, scheme.tagged(VA, ALL_ONES));
        assertEquals(VA, scheme.untagged(VA | mask));
        assertEquals(~mask, scheme.untagged(ALL_ONES));
    }

    private boolean reaches(long va) {
        UserAccess access = new UserAccess(mm, va, Access.WRITE);
        system.finish(access.call());
        return !access.failed();
    }

    @Test
    void shouldReachAPageThroughATaggedPointerOnlyWhenCoresIgnoreTags() {
        Mmap mmap = mm.mapAnonymous(4096, Access.READ | Access.WRITE);
        system.finish(mmap.call());
        long pointer = AddressTags.LAM_U57.tagged(mmap.start(), 9);

        assertFalse(reaches(pointer));
        assertNull(mm.tags().enable(AddressTags.LAM_U57, false));
        assertTrue(reaches(pointer));
        assertEquals(pointer, mm.tags().pointer(mmap.start(), 9));
    }

    @Test
    void shouldRefuseTagsThatTheCoresDoNotKnow() {
        assertTrue(mm.tags().enable(AddressTags.TBI, true).contains("ENODEV"));
        use(new OsUnderTest.Setup().architecture(Architecture.AARCH64));
        assertTrue(mm.tags().enable(AddressTags.LAM_U57, true).contains("ENODEV"));
    }

    @Test
    void shouldRefuseTagsOfAProcessThatSharesItsAddressesWithADevice() {
        mm.pasid(1);

        assertTrue(mm.tags().enable(AddressTags.LAM_U57, false).contains("EINVAL"));
        assertEquals(VA, mm.tags().pointer(VA, 9));
        assertNull(mm.tags().enable(AddressTags.LAM_U57, true), "it strips them");
    }

    @Test
    void shouldKeepDevicesFromAProcessWithTagsUnlessItStripsThem() {
        assertNull(mm.tags().obstacle());
        mm.tags().enable(AddressTags.LAM_U57, false);
        assertTrue(mm.tags().obstacle().contains("EBUSY"));

        mm.tags().enable(AddressTags.LAM_U57, true);
        assertNull(mm.tags().obstacle());
        assertEquals(VA, mm.tags().pointerForDevice(VA, 9));
    }

    /** S46. */
    @Test
    void shouldLetAProcessHaveBothWithDefect() {
        use(new OsUnderTest.Setup().defect(Defect.S46));
        mm.pasid(1);

        assertNull(mm.tags().enable(AddressTags.LAM_U57, false));
        assertNull(mm.tags().obstacle());
        assertEquals(VA | 9L << 57, mm.tags().pointerForDevice(VA, 9));
    }

    @Test
    void shouldAskNobodyOnArm() {
        use(new OsUnderTest.Setup().architecture(Architecture.AARCH64));
        mm.pasid(1);

        assertNull(mm.tags().enable(AddressTags.TBI, false));
        assertNull(mm.tags().obstacle());
    }

    @Test
    void shouldHandTagsDownToAForkedProcess() {
        mm.tags().enable(AddressTags.LAM_U57, false);
        Mm child = create("child");
        system.finish(new Fork(mm, child).call());

        assertNotNull(child.tags().obstacle());
    }
}
