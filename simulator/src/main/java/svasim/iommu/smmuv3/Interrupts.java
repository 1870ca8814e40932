package svasim.iommu.smmuv3;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import svasim.iommu.core.RegisterBlock;

/** How an interrupt leaves the unit: as a message if it has an address, else by its wire (3.18). */
final class Interrupts {
    private final InterruptControl control = new InterruptControl();
    private final Map<Interrupt, MessageRegisters> registers = new EnumMap<>(Interrupt.class);
    private final MessageWriter messages;
    private final boolean messagesOffered;
    private final GlobalErrors errors = new GlobalErrors(() -> raise(Interrupt.GERROR));

    Interrupts(MessageWriter messages, Features features) {
        this.messages = messages;
        this.messagesOffered = features.has(IdField.MSI);
        for (Interrupt interrupt : List.of(Interrupt.GERROR, Interrupt.EVENTQ, Interrupt.PRIQ)) {
            registers.put(interrupt, new MessageRegisters(interrupt, control));
        }
    }

    InterruptControl control() {
        return control;
    }

    GlobalErrors errors() {
        return errors;
    }

    MessageRegisters registers(Interrupt interrupt) {
        return registers.get(interrupt);
    }

    List<RegisterBlock> blocks() {
        return List.copyOf(registers.values());
    }

    /** The cause has come up; nothing happens unless it is enabled. */
    void raise(Interrupt interrupt) {
        if (control.enabled(interrupt)) {
            MessageRegisters message = registers.get(interrupt);
            send(interrupt, message.address(), message.data());
        }
    }

    /** A synchronisation is complete: its message if it names an address, and the wire. */
    void synchronised(long address, int data) {
        if (address != 0 && messagesOffered) {
            send(Interrupt.CMD_SYNC, address, data);
        }
        messages.wire(Interrupt.CMD_SYNC.ordinal());
    }

    /** Sends the message, or raises the wire if there is no address. */
    private void send(Interrupt interrupt, long address, int data) {
        if (address == 0 || !messagesOffered) {
            messages.wire(interrupt.ordinal());
        } else if (!messages.write(address, data)) {
            errors.raise(interrupt.abortError());
        }
    }
}
