import Accounts
import Cases
import HTTPValues
import Logging
import Time
import YAMLForms

/// Puts together what says who signs in.
enum AccountsHome {
  /// - Parameters:
  ///   - directory: the one that holders must stand in; of those who don't the log tells.
  ///   - makeID: gives a new id at each call that nobody can guess.
  /// - Throws: ``SettingsError`` with every fault of the files that the settings name.
  static func doorkeeper(
    _ settings: Settings, _ folder: DataFolder, directory: Directory, makeID: @escaping @Sendable () -> String,
    logger: Logger
  ) throws(SettingsError) -> Doorkeeper {
    let watch = try users(settings, directory, logger)
    let text = if let given = settings.sessionKey { given } else { try folder.secret("session.key") }
    guard let secret = CaseKey.Secret(Array(text.utf8)) else {
      throw SettingsError("the secret of the sessions is too short")
    }
    let signOuts: SignOuts
    do throws(SignOuts.Failure) {
      signOuts = try SignOuts(folder: "\(folder.path)/sign-outs")
    } catch {
      throw SettingsError("HUIYIN_DATA: \(error.reason)")
    }
    return Doorkeeper(
      users: watch, secret: secret, signOuts: signOuts, keys: try APIKeysHome.check(settings),
      entrance: try entrance(settings),
      clock: Program.wallClock, makeID: makeID, logger: logger)
  }

  private static func users(
    _ settings: Settings, _ directory: Directory, _ logger: Logger
  ) throws(SettingsError) -> UserWatch {
    guard let path = settings.users else { return UserWatch(Users(), logger: logger) }
    do throws(InvalidFile) {
      let watch = try UserWatch(path: path, now: Program.wallClock(), logger: logger)
      for fault in watch.current.faults(in: directory) {
        logger.warning("a user can sign in, but holds no cases", metadata: ["reason": "\(fault)"])
      }
      return watch
    } catch {
      throw SettingsError("HUIYIN_USERS: \(error)")
    }
  }

  private static func entrance(_ settings: Settings) throws(SettingsError) -> Entrance {
    guard let name = settings.userHeader else {
      return Entrance(publicURL: settings.publicURL, proxies: settings.trustedProxies)
    }
    guard let header = Entrance.UserHeader(name, from: settings.trustedProxies) else {
      throw SettingsError("HUIYIN_TRUSTED_USER_HEADER is \(name), which no header can be called")
    }
    return Entrance(publicURL: settings.publicURL, proxies: settings.trustedProxies, userHeader: header)
  }
}
