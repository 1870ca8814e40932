package svasim.models.dmabench;

import java.util.ArrayList;
import java.util.List;
import svasim.os.mm.Mm;
import svasim.os.mm.Pin;
import svasim.os.procedure.Call;
import svasim.paging.Access;

/**
 * Pages of a process that stay where they are as long as its file has the card, which cannot ask
 * for them. They outlive the address space, and their memory comes back with the last file only.
 */
final class CardPins {
    private final List<Pin> pins = new ArrayList<>();

    /** Pins everything that the process has mapped now; what it maps later is not covered. */
    Call<?> pinAll(Mm mm) {
        return pin(Pin.ofAll(mm));
    }

    /** Pins what is going to be submitted. */
    Call<?> pin(Mm mm, long address, long bytes) {
        return pin(List.of(new Pin(mm, address, bytes, Access.READ | Access.WRITE)));
    }

    private Call<?> pin(List<Pin> wanted) {
        pins.addAll(wanted);
        return Call.sequence(wanted.stream().<Call<?>>map(Pin::call).toList());
    }

    boolean isEmpty() {
        return pins.isEmpty();
    }

    /** Lets go of everything, once the card touches nothing of it any more. */
    Call<?> unpin() {
        List<Pin> held = List.copyOf(pins);
        pins.clear();
        return Call.sequence(held.stream().<Call<?>>map(Pin::unpin).toList());
    }
}
