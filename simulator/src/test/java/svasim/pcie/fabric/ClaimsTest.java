package svasim.pcie.fabric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClaimsTest {
    private final List<Window> all = new ArrayList<>();
    private final Claims<Window> claims = new Claims<>(all, Window::claims);

    /** Claims some addresses, and counts how often it was asked. */
    private static final class Window {
        private final Set<Long> addresses = new HashSet<>();
        private int asked;

        Window(long... claimed) {
            for (long address : claimed) {
                addresses.add(address);
            }
        }

        boolean claims(long address) {
            asked++;
            return addresses.contains(address);
        }
    }

    @Test
    void shouldFindWhoClaimsEachAddressOfAPage() {
        Window low = new Window(0x1000, 0x1008);
        Window high = new Window(0x1800);
        all.addAll(List.of(low, high));

        assertEquals(low, claims.find(0x1000));
        assertEquals(high, claims.find(0x1800));
        assertEquals(low, claims.find(0x1008));
        assertNull(claims.find(0x1900));
    }

    @Test
    void shouldAskNobodyElseWhoeverIsInFront() {
        Window first = new Window();
        Window second = new Window(0x2000);
        all.addAll(List.of(first, second));
        claims.find(0x2000);

        claims.find(0x2000);

        assertEquals(1, first.asked);
    }

    @Test
    void shouldForgetWhoClaimsAnAddressNoMore() {
        Window moved = new Window(0x2000);
        Window behind = new Window(0x2000);
        all.addAll(List.of(moved, behind));
        claims.find(0x2000);

        moved.addresses.clear();

        assertEquals(behind, claims.find(0x2000));
    }
}
