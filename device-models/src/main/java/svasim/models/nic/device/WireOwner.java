package svasim.models.nic.device;

/** A card whose virtual functions share its wire. */
public interface WireOwner {
    Wire wire();
}
