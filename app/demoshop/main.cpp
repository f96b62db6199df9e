#include <csignal>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <thread>

#include <CLI/CLI.hpp>
#include <sys/prctl.h>

#include "app/demoshop/shop.h"

namespace {

using handrail::demoshop::Shop;

/// What makes the demo's runs fail, each once and in its own way.
void addDemoFaults(Shop& shop)
{
    shop.faults().add({"POST", "/refunds", "1043", "lose_reply", 1, 0, -1, 0});
    shop.faults().add({"POST", "/refunds", "1044", "lose_reply", 1, 0, -1, 0});
    shop.faults().add({"GET", "/search", "Bluebird", "hang", 3, 0, -1, 0});
    shop.faults().add({"GET", "/orders/1047", "", "http_503", 3, 0, -1, 1});
}

/// The port, whole or not at all: whoever waits for the file must not read half a number.
bool writePort(const std::string& path, int port)
{
    const std::string draft = path + ".new";
    std::ofstream(draft) << port << "\n";
    return std::rename(draft.c_str(), path.c_str()) == 0;
}

}  // namespace

int main(int argc, char** argv)
{
    int port = 8791;
    std::string db = "shop.sqlite";
    std::string portFile;
    bool withParent = false;
    bool isDemo = false;
    CLI::App app("The shop of Handrail's demo, with its payment gateway.");
    app.add_option("--port", port, "Port on 127.0.0.1; 0 takes a free one");
    app.add_option("--db", db, "File of the shop's books");
    app.add_option("--port-file", portFile, "Where to write the port when ready");
    app.add_flag("--with-parent", withParent, "End when the parent process ends");
    app.add_flag("--demo", isDemo, "Fail on purpose as the demo wants it");
    CLI11_PARSE(app, argc, argv);
    if (withParent) prctl(PR_SET_PDEATHSIG, SIGTERM);

    // One thread waits for the end; blocked before any other begins, so that none of them is hit.
    sigset_t ending;
    sigemptyset(&ending);
    sigaddset(&ending, SIGTERM);
    sigaddset(&ending, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ending, nullptr);
    try {
        handrail::demoshop::Books books(db);
        Shop shop(books);
        if (isDemo) addDemoFaults(shop);
        const int bound = shop.bind(port);
        if (bound < 0) {
            std::cerr << "handrail-demo-shop: port " << port << " is taken\n";
            return 3;
        }
        if (!portFile.empty() && !writePort(portFile, bound)) return 3;
        std::thread waiter([&] {
            int which = 0;
            sigwait(&ending, &which);
            shop.stop();
        });
        shop.serve();
        waiter.join();
    } catch (const std::exception& problem) {
        std::cerr << "handrail-demo-shop: " << problem.what() << "\n";
        return 3;
    }
    return 0;
}
