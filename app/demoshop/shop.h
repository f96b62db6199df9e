#pragma once

#include <functional>
#include <string>

#include <httplib.h>

#include "app/demoshop/books.h"
#include "app/demoshop/faults.h"

namespace handrail::demoshop {

/// The shop's HTTP side.
class Shop {
public:
    explicit Shop(Books& books);

    Faults& faults() { return faults_; }
    /// Binds to 127.0.0.1; port 0 takes a free one. The port, or -1.
    int bind(int port);
    /// Serves until stop().
    void serve();
    void stop();

private:
    using Work = std::function<void(const httplib::Request&, httplib::Response&)>;
    void addOrders();
    void addMoney();
    void addUsers();
    void addNotes();
    void addTools();
    /// A handler that counts the request and fails as it was asked to.
    httplib::Server::Handler faulty(Work work);

    Books& books_;
    Faults faults_;
    httplib::Server server_;
};

}  // namespace handrail::demoshop
