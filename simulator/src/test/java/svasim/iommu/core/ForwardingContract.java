package svasim.iommu.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import svasim.iommu.core.Forwarding.Scope;
import svasim.iommu.core.Invalidation.Reach;
import svasim.paging.Access;
import svasim.pcie.tlp.Tlp;

/** What a unit that software emulates tells it, and waits for, whatever its architecture. */
public abstract class ForwardingContract {
    private static final int PASID = 0x23;
    private static final long IOVA = 0x7F3A_5C6D_7000L;
    private static final long OUTPUT = 0x2_3456_7000L;

    /** A unit that is switched on. */
    protected abstract ContractUnit create();

    private ContractUnit mapped() {
        ContractUnit unit = create();
        unit.bind(PASID);
        unit.map(PASID, IOVA, OUTPUT, Access.READ | Access.WRITE);
        heard(unit).clear();
        return unit;
    }

    private static HeardForwarding heard(ContractUnit unit) {
        return unit.bench().forwarding;
    }

    @Test
    void shouldTellThatTranslationIsSwitchedOn() {
        assertTrue(heard(create()).entries.contains(everyEntry()));
    }

    private static HeardForwarding.Entries everyEntry() {
        return new HeardForwarding.Entries(Forwarding.ALL, Forwarding.ALL);
    }

    @Test
    void shouldTellOfEachInvalidationWhatItReaches() {
        for (Invalidation invalidation : mapped().invalidations(PASID, IOVA)) {
            String name = invalidation.name();
            ContractUnit unit = mapped();
            unit.invalidations(PASID, IOVA).stream()
                    .filter(same -> same.name().equals(name))
                    .forEach(same -> same.command().run());
            unit.bench().settle();
            HeardForwarding heard = heard(unit);
            if (invalidation.reaches().contains(Reach.PAGE)) {
                assertTrue(heard.scopes.stream().anyMatch(scope -> covers(scope, IOVA)), name);
            }
            if (invalidation.reaches().contains(Reach.NEXT_PAGE)) {
                long next = IOVA + 0x1000;
                assertTrue(heard.scopes.stream().anyMatch(scope -> covers(scope, next)), name);
            }
            if (invalidation.reaches().contains(Reach.CONFIGURATION)) {
                assertFalse(heard.entries.isEmpty() && heard.scopes.isEmpty(), name);
            }
        }
    }

    private static boolean covers(Scope scope, long address) {
        long offset = address - scope.address();
        return scope.isWhole() || offset >= 0 && offset < scope.bytes();
    }

    @Test
    void shouldTellOfNoMoreThanThePageThatIsNamed() {
        ContractUnit unit = mapped();

        unit.invalidatePage(PASID, IOVA);
        unit.bench().settle();

        assertEquals(1, heard(unit).scopes.size());
        Scope scope = heard(unit).scopes.get(0);
        assertEquals(IOVA, scope.address());
        assertEquals(0x1000, scope.bytes());
        assertTrue(heard(unit).entries.isEmpty());
    }

    @Test
    void shouldCompleteWaitOnlyWhenWhatWasToldIsDone() {
        ContractUnit unit = mapped();
        heard(unit).hold();

        unit.invalidatePage(PASID, IOVA);
        unit.bench().settle();
        assertFalse(unit.complete());

        heard(unit).release();
        unit.bench().settle();
        assertTrue(unit.complete());
    }

    @Test
    void shouldInvalidateDevicesOnlyWhenWhatWasToldIsDone() {
        ContractUnit unit = mapped();
        heard(unit).hold();

        unit.invalidatePage(PASID, IOVA);
        unit.invalidateDevicePage(PASID, IOVA);
        unit.bench().settle();
        assertEquals(0, invalidateRequests(unit));

        heard(unit).release();
        unit.bench().settle();
        assertEquals(1, invalidateRequests(unit));
        assertTrue(unit.complete());
    }

    private static long invalidateRequests(ContractUnit unit) {
        return unit.bench().sent.stream()
                .filter(tlp -> tlp instanceof Tlp.InvalidateRequest)
                .count();
    }
}
