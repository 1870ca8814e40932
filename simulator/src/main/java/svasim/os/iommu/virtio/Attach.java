package svasim.os.iommu.virtio;

import java.util.ArrayList;
import java.util.List;
import svasim.cpu.Cpu;
import svasim.os.iommu.DomainType;
import svasim.os.iommu.PciDevice;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** viommu_attach_dev: one message; and every mapping again, if the device has forgotten them. */
final class Attach {
    private static final Procedure<Attach> ATTACH =
            Procedure.<Attach>named("viommu_attach_dev")
                    .sleeping("send requests", 50_000, Attach::send)
                    .build();

    private final Unit unit;
    private final PciDevice device;
    private final DomainType type;

    private Attach(Unit unit, PciDevice device, DomainType type) {
        this.unit = unit;
        this.device = device;
        this.type = type;
    }

    static Call<?> call(Unit unit, PciDevice device, DomainType type) {
        return new Call<>(ATTACH, new Attach(unit, device, type));
    }

    private Next send(Cpu cpu) {
        List<Message> messages = messages();
        unit.state(device).attached(type);
        return unit.isProbed()
                ? Next.call(new Submission(unit.requests(), messages).call())
                : Next.DONE;
    }

    private List<Message> messages() {
        MessageDomain domain = unit.domain(device.group());
        DomainType before = unit.state(device).attached();
        return switch (type) {
            case BLOCKED -> before == DomainType.BLOCKED ? List.of() : leave(domain, before);
            case IDENTITY -> List.of(attach(bypassDomain(domain), true));
            case DMA, DMA_FQ -> enter(domain);
        };
    }

    private List<Message> leave(MessageDomain domain, DomainType before) {
        int id = before == DomainType.IDENTITY ? bypassDomain(domain) : domain.id();
        return List.of(Message.detach(id, device.requesterId()));
    }

    /** The first endpoint to enter finds a domain without mappings. */
    private List<Message> enter(MessageDomain domain) {
        List<Message> messages = new ArrayList<>(List.of(attach(domain.id(), false)));
        boolean first =
                device.group().devices().stream()
                        .map(unit::state)
                        .noneMatch(other -> other != null && other.attached().isTranslated());
        messages.addAll(first ? domain.replay() : domain.takePending());
        return messages;
    }

    private Message attach(int domain, boolean bypass) {
        return Message.attach(domain, device.requesterId(), bypass);
    }

    /** A domain has mappings or bypasses, never both. */
    private static int bypassDomain(MessageDomain domain) {
        return -domain.id();
    }
}
