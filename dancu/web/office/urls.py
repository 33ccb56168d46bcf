"""The office: officials sign in, see their tasks, and administrators keep accounts."""

app_name = "office"
urlpatterns = []
