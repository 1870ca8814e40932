package svasim.os.sva;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.os.OsConfig;
import svasim.os.OsUnderTest;
import svasim.os.mm.Mm;
import svasim.os.sva.PasidConfig.Space;

/** Numbers that an owner may have at once (reference 2.9). */
class IoasidSetTest {
    private static final PasidConfig ONE = new PasidConfig(Space.DEVICE, null, null, null, 1);

    private PolicyUnderTest policy;
    private Mm mm;

    @BeforeEach
    void useDesign() {
        policy = new PolicyUnderTest(new OsUnderTest.Setup().policy("ioasid-ref").pasids(ONE));
        mm = policy.mm("mm");
    }

    @Test
    void shouldRefuseNumberBeyondQuota() {
        policy.bind(policy.dev0(), mm);

        assertEquals(
                "the set of mm owns 1 PASIDs already (-EDQUOT)", policy.refusal(policy.dev1(), mm));
    }

    @Test
    void shouldNotCountSecondBindWithSameNumber() {
        policy.bind(policy.dev0(), mm);

        assertNotNull(policy.bind(policy.dev0(), mm));
    }

    @Test
    void shouldLeaveNumbersToOtherSets() {
        policy.bind(policy.dev0(), mm);

        assertNotNull(policy.bind(policy.dev1(), policy.mm("other")));
    }

    @Test
    void shouldNotCountFunctionThatIsBoundAsWhole() {
        policy.bind(policy.dev0(), mm);

        assertNotNull(policy.requestFunction(policy.dev1(), mm).bond());
    }

    @Test
    void shouldBeKeyOfThatPolicyOnly() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new OsConfig("linux-7.1", ONE, null, null, null, null));
    }
}
