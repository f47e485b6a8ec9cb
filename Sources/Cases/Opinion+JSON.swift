extension Opinion {
  /// The same bytes as ``JSONData/encode(_:)``, sooner.
  package var json: [UInt8] {
    var object = JSONObject()
    object.add("address", address)
    object.add("attachments", attachments?.map(\.object))
    object.add("category", category)
    object.add("channel", channel)
    object.add("citizen", citizen.object)
    object.add("code", code)
    object.add("location", location?.object)
    object.add("scan", scan?.object)
    object.add("subcategory", subcategory)
    object.add("text", text)
    object.add("title", title)
    return object.json
  }
}

extension Opinion.Attachment {
  fileprivate var object: JSONObject {
    var object = JSONObject()
    object.add("mediaType", mediaType)
    object.add("url", url)
    return object
  }
}

extension Citizen {
  fileprivate var object: JSONObject {
    var object = JSONObject()
    object.add("anonymous", anonymous)
    object.add("email", email)
    object.add("id", id)
    object.add("name", name)
    object.add("phone", phone)
    object.add("subscription", subscription?.object)
    return object
  }
}

extension Subscription {
  fileprivate var object: JSONObject {
    var object = JSONObject()
    object.add("always", always)
    object.add("once", once)
    return object
  }
}

extension Location {
  fileprivate var object: JSONObject {
    var object = JSONObject()
    object.add("latitude", latitude)
    object.add("longitude", longitude)
    return object
  }
}

extension Scan {
  fileprivate var object: JSONObject {
    var object = JSONObject()
    object.add("activity", activity)
    object.add("category", category)
    object.add("holder", holder)
    object.add("kind", kind?.rawValue)
    object.add("place", place)
    object.add("standing", standing.rawValue)
    return object
  }
}
