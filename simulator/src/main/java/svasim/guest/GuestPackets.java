package svasim.guest;

import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;

/** Packets of a guest's functions, as the guest would see them. */
final class GuestPackets {
    private final GuestTerms terms;

    GuestPackets(GuestTerms terms) {
        this.terms = terms;
    }

    /** Null for a packet that is not the guest's, or that tells it nothing. */
    Tlp inTerms(Tlp packet) {
        if (packet instanceof Tlp.InvalidateRequest request) {
            return invalidation(request);
        }
        if (packet instanceof Tlp.PageGroupResponse response) {
            return response(response);
        }
        GuestFunction function =
                terms.function(packet.senderId(), PasidPrefix.number(packet.pasid()));
        return function == null ? null : sent(packet, function);
    }

    private Tlp sent(Tlp packet, GuestFunction by) {
        int rid = by.requesterId();
        PasidPrefix prefix = prefix(packet, by);
        if (packet instanceof Tlp.MemoryRead read) {
            return new Tlp.MemoryRead(
                    rid,
                    read.tag(),
                    read.address(),
                    read.bytes(),
                    read.addressType(),
                    prefix,
                    read.attributes());
        }
        if (packet instanceof Tlp.MemoryWrite write) {
            return new Tlp.MemoryWrite(
                    rid,
                    write.address(),
                    write.data(),
                    write.addressType(),
                    prefix,
                    write.attributes());
        }
        if (packet instanceof Tlp.TranslationRequest request) {
            return new Tlp.TranslationRequest(
                    rid,
                    request.tag(),
                    request.address(),
                    request.entries(),
                    request.noWrite(),
                    prefix,
                    request.attributes());
        }
        if (packet instanceof Tlp.PageRequest request) {
            return new Tlp.PageRequest(
                    rid,
                    request.pageAddress(),
                    request.prgIndex(),
                    request.last(),
                    request.write(),
                    request.read(),
                    prefix);
        }
        return null;
    }

    private Tlp invalidation(Tlp.InvalidateRequest request) {
        GuestFunction function = addressee(request);
        return function == null
                ? null
                : new Tlp.InvalidateRequest(
                        request.requesterId(),
                        function.requesterId(),
                        request.itag(),
                        request.address(),
                        request.sized(),
                        request.global(),
                        prefix(request, function));
    }

    private Tlp response(Tlp.PageGroupResponse response) {
        GuestFunction function = addressee(response);
        return function == null
                ? null
                : new Tlp.PageGroupResponse(
                        response.requesterId(),
                        function.requesterId(),
                        response.prgIndex(),
                        response.code(),
                        prefix(response, function));
    }

    private GuestFunction addressee(Tlp.RoutedById packet) {
        return terms.function(packet.destinationId(), PasidPrefix.number(packet.pasid()));
    }

    private PasidPrefix prefix(Tlp packet, GuestFunction function) {
        PasidPrefix prefix = packet.pasid();
        int pasid = terms.pasid(function, PasidPrefix.number(prefix));
        return prefix == null || pasid < 0
                ? null
                : new PasidPrefix(pasid, prefix.privileged(), prefix.execute());
    }
}
