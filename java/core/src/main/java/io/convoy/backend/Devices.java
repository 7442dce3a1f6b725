// SPDX-License-Identifier: Apache-2.0
package io.convoy.backend;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/** Finds backends and opens devices. */
public final class Devices {
  /** The word that stands for the best device that works. */
  public static final String AUTO = "auto";

  private Devices() {}

  /**
   * An open device and why it was taken.
   *
   * @param backend the device, owned by the caller
   * @param reason one line for people
   */
  public record Choice(Backend backend, String reason) {}

  /** A device that can be opened. */
  private record Found(BackendProvider provider, int index, String reason) {}

  /**
   * Lists the backends on the class path.
   *
   * @return the providers, best rank first
   */
  public static List<BackendProvider> providers() {
    List<BackendProvider> found = new ArrayList<>();
    ServiceLoader.load(BackendProvider.class).forEach(found::add);
    found.sort(Comparator.comparingInt(BackendProvider::rank).reversed());
    return found;
  }

  /**
   * Opens a device.
   *
   * @param device {@code auto}, or a backend's name, with {@code :index} for all but its first
   *     device
   * @return the device and why
   * @throws BackendException if it can't be had; the message says why and what would help. A device
   *     asked for by name is never replaced by another
   */
  public static Choice open(String device) {
    Found found = find(device);
    return new Choice(found.provider().open(found.index()), found.reason());
  }

  /**
   * Checks that a device can be had, without opening it. It loads the device's libraries, so that
   * {@link #open} is faster.
   *
   * @param device as for {@link #open}
   * @throws BackendException as {@link #open}
   */
  public static void check(String device) {
    find(device);
  }

  private static Found find(String device) {
    return AUTO.equals(device) ? best() : named(device);
  }

  private static Found best() {
    List<String> refusals = new ArrayList<>();
    List<String> brief = new ArrayList<>();
    for (BackendProvider provider : providers()) {
      if (provider.rank() < 0) {
        continue;
      }
      Availability availability = provider.probe();
      if (availability instanceof Availability.Available) {
        String why = "auto: the best backend that works";
        return new Found(provider, 0, brief.isEmpty() ? why : why + "; " + join(brief));
      }
      Availability.Unavailable no = (Availability.Unavailable) availability;
      refusals.add(refusal(provider, no));
      brief.add(provider.name() + ": " + no.brief());
    }
    throw new BackendException("no backend works: " + join(refusals));
  }

  private static Found named(String device) {
    int colon = device.indexOf(':');
    String name = colon < 0 ? device : device.substring(0, colon);
    int index = colon < 0 ? 0 : index(device, device.substring(colon + 1));
    BackendProvider provider =
        providers().stream()
            .filter(p -> p.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new BackendException(unknown(name)));
    Availability availability = provider.probe();
    if (availability instanceof Availability.Unavailable) {
      throw new BackendException(refusal(provider, (Availability.Unavailable) availability));
    }
    int count = ((Availability.Available) availability).devices().size();
    if (index >= count) {
      throw new BackendException(
          "device '" + device + "': there are " + count + ", numbered from 0");
    }
    return new Found(provider, index, "asked for by name");
  }

  private static int index(String device, String digits) {
    try {
      return Integer.parseUnsignedInt(digits);
    } catch (NumberFormatException e) {
      throw new BackendException(
          "device '" + device + "': behind the colon goes a number, such as cuda:0", e);
    }
  }

  private static String unknown(String name) {
    return "device '"
        + name
        + "' is unknown; on the class path are auto, "
        + join(providers().stream().map(BackendProvider::name).toList());
  }

  private static String refusal(BackendProvider provider, Availability.Unavailable no) {
    return provider.name() + " does not work: " + no.reason() + ". " + no.cure();
  }

  private static String join(List<String> parts) {
    return parts.isEmpty() ? "none" : String.join(", ", parts);
  }
}
