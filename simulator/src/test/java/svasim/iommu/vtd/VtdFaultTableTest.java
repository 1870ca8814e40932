package svasim.iommu.vtd;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import svasim.iommu.core.FaultTableContract;

/** Fault reasons of a VT-d unit, each with a test that provokes it. */
class VtdFaultTableTest extends FaultTableContract {
    @Override
    protected Class<? extends Enum<?>> codes() {
        return FaultReason.class;
    }

    @Override
    protected List<Class<?>> tests() {
        return List.of(
                FaultReasonTest.class,
                ExecuteRequestsTest.class,
                HostPermissionsTest.class,
                RootControlsTest.class);
    }

    /** Told to nobody by this number. */
    @Override
    protected Set<String> others() {
        return Set.of("PROTECTED_MEMORY");
    }

    /** Section 5 of the reference, without the codes that only interrupt remapping has. */
    @Test
    void shouldHaveEachReasonOfTheReference() {
        Set<Integer> codes = new TreeSet<>();
        range(codes, 0x01, 0x0E);
        range(codes, 0x30, 0x34);
        range(codes, 0x38, 0x3A);
        range(codes, 0x40, 0x49);
        range(codes, 0x50, 0x52);
        range(codes, 0x58, 0x5D);
        range(codes, 0x60, 0x60);
        range(codes, 0x70, 0x7D);
        range(codes, 0x80, 0x87);
        range(codes, 0x89, 0x89);
        range(codes, 0x90, 0x91);
        range(codes, 0xA0, 0xA5);
        for (int code = 0x20; code <= 0x26; code++) {
            System.out.printf("vtd     %#7x out: there is no interrupt remapping%n", code);
        }

        Set<Integer> known =
                Stream.of(FaultReason.values())
                        .map(FaultReason::code)
                        .collect(toCollection(TreeSet::new));
        known.remove(FaultReason.PROTECTED_MEMORY.code());
        assertEquals(codes, known);
    }

    private static void range(Set<Integer> codes, int first, int last) {
        for (int code = first; code <= last; code++) {
            codes.add(code);
        }
    }
}
